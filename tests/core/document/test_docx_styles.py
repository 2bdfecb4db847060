"""What paragraphs and characters inherit."""

from __future__ import annotations

from luoshi.core.document.docx import read
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import Piece, Style
from tests.writers.docx import document, paragraph, run, style

DEFAULTS = (
    "<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val='21'/></w:rPr></w:rPrDefault>"
    "<w:pPrDefault><w:pPr><w:jc w:val='both'/></w:pPr></w:pPrDefault></w:docDefaults>"
)


def looks(*body: str, styles: str) -> list[Style]:
    pieces = read(document(*body, styles=styles), file="a.docx", limits=Limits()).pieces
    return [piece.style for piece in pieces if isinstance(piece, Piece)]


def test_defaults_reach_plain_paragraphs() -> None:
    assert looks("甲", styles=DEFAULTS) == [Style("left", 0, False, 10.5)]


def test_the_default_style_holds_for_paragraphs_without_one() -> None:
    normal = style("n", props="<w:pPr><w:jc w:val='end'/></w:pPr>").replace(
        "<w:style ", '<w:style w:default="1" '
    )
    assert looks("甲", paragraph("乙", style="unknown"), styles=normal) == [Style("right")] * 2


def test_styles_build_on_each_other_and_direct_formatting_wins() -> None:
    styles = DEFAULTS + (
        style("base", props="<w:pPr><w:jc w:val='center'/></w:pPr><w:rPr><w:b/><w:sz w:val='44'/></w:rPr>")
        + style("title", base="base", props="<w:rPr><w:sz w:val='36'/></w:rPr>")
    )
    assert looks(
        paragraph("甲", style="title"),
        paragraph(
            run("乙", "<w:b w:val='false'/><w:sz w:val='32'/>"), style="title", props="<w:jc w:val='right'/>"
        ),
        styles=styles,
    ) == [Style("center", 0, True, 18.0), Style("right", 0, False, 16.0)]


def test_character_styles_lie_between_paragraph_and_run() -> None:
    styles = style("c", kind="character", props="<w:rPr><w:b/><w:sz w:val='30'/></w:rPr>")
    named = "<w:rStyle w:val='c'/>"
    assert looks(
        paragraph(run("甲", named)), paragraph(run("乙", f"{named}<w:sz w:val='40'/>")), styles=styles
    ) == [
        Style("", 0, True, 15.0),
        Style("", 0, True, 20.0),
    ]


def test_size_is_that_of_most_characters_and_bold_that_of_all() -> None:
    mixed = (
        run("一、", "<w:b/><w:sz w:val='32'/>")
        + run("总体要求和目标", "<w:sz w:val='28'/>")
        + run(" ", "<w:b/>")
    )
    assert looks(paragraph(mixed), styles="") == [Style("", 0, False, 14.0)]


def test_headings_by_outline_level_or_by_built_in_name() -> None:
    styles = (
        style("a", props='<w:pPr><w:outlineLvl w:val="1"/></w:pPr>')
        + style("b", name="Heading 3", base="a")
        + style("c", base="a", props='<w:pPr><w:outlineLvl w:val="9"/></w:pPr>')
    )
    direct = paragraph("丁", props='<w:outlineLvl w:val="0"/>')
    found = looks(*(paragraph("甲", style=name) for name in "abc"), direct, styles=styles)
    assert [look.heading for look in found] == [2, 3, 0, 1]


def test_styles_in_a_circle_end() -> None:
    assert looks(paragraph("甲", style="a"), styles=style("a", base="b") + style("b", base="a")) == [Style()]
