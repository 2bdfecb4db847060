"""Automatic numbers of Word files, also against a slow model that shares nothing with the reader."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.document.docx import read
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import ParagraphPlace, Piece, Run
from tests.writers.docx import abstract, document, level, numbered, paragraph, style

TIGHT = '<w:suff w:val="nothing"/>'


def pieces(*body: str, **parts: str) -> list[Piece]:
    found = read(document(*body, **parts), file="a.docx", limits=Limits()).pieces
    return [piece for piece in found if isinstance(piece, Piece)]


def texts(*body: str, **parts: str) -> list[str]:
    return [piece.text for piece in pieces(*body, **parts)]


def plan_levels(*more: str) -> str:
    """The levels of a usual plan: 一、 (一) 1. (1)."""
    return abstract(
        0,
        level(0, "chineseCountingThousand", "%1、", more=TIGHT),
        level(1, "chineseCountingThousand", "(%2)", more=TIGHT),
        level(2, "decimal", "%3.", more='<w:suff w:val="space"/>'),
        level(3, "decimal", "(%4)"),
        *more,
    ) + numbered(1, 0)


def test_the_levels_of_a_plan() -> None:
    order = [
        (0, "总体要求"),
        (0, "重点任务"),
        (1, "普法"),
        (2, "甲"),
        (2, "乙"),
        (3, "丙"),
        (1, "执法"),
        (2, "丁"),
        (0, "保障"),
    ]
    body = [paragraph(text, num=(1, depth)) for depth, text in order]
    assert texts(*body, numbering=plan_levels()) == [
        "一、总体要求", "二、重点任务", "(一)普法", "1.甲", "2.乙", "(1)丙", "(二)执法",
        "1.丁", "三、保障",
    ]  # fmt: skip


def test_a_number_has_no_place_of_its_own() -> None:
    (piece,) = pieces(paragraph("总体要求", num=(1, 0)), numbering=plan_levels())
    assert piece.runs == (Run(2, ParagraphPlace("body", 0, -1)), Run(4, ParagraphPlace("body", 0, 0)))


def test_a_number_and_its_text_never_run_into_one_word() -> None:
    numbering = abstract(
        0, level(0, "decimal", "%1."), level(1, "decimal", "%2"), level(2, "decimal", "%3.", more=TIGHT)
    ) + numbered(1, 0)
    body = [paragraph("2022年底前完成", num=(1, depth)) for depth in (0, 1, 2)]
    assert texts(*body, numbering=numbering) == ["1. 2022年底前完成", "1 2022年底前完成", "1.2022年底前完成"]


def test_numbers_of_higher_levels_within_a_number() -> None:
    numbering = abstract(
        0,
        level(0, "chineseCounting", "第%1章"),
        level(1, "decimal", "%1.%2", more=TIGHT),
        level(2, "lowerLetter", "%1.%2.%3)", more="<w:isLgl/>" + TIGHT),
    ) + numbered(1, 0)
    body = [paragraph("甲", num=(1, depth)) for depth in (0, 0, 1, 2, 2)]
    assert texts(*body, numbering=numbering) == ["第一章 甲", "第二章 甲", "二.1甲", "2.1.1)甲", "2.1.2)甲"]


def test_a_skipped_level_counts_as_begun() -> None:
    numbering = abstract(0, level(0, "decimal", "%1", more=TIGHT), level(1, "decimal", "%1.%2", more=TIGHT))
    body = [paragraph(".", num=(1, depth)) for depth in (1, 1, 0, 1)]
    assert texts(*body, numbering=numbering + numbered(1, 0)) == ["1.1.", "1.2.", "2.", "2.1."]


def test_lists_of_one_abstract_list_go_on_unless_they_start_anew() -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = abstract(0, level(0, "decimal", "%1.", more=TIGHT)) + "".join(
        (numbered(1, 0), numbered(2, 0), numbered(3, 0, anew))
    )
    body = [paragraph("", num=(identifier, 0)) for identifier in (1, 1, 2, 3, 3, 1)]
    assert texts(*body, numbering=numbering) == ["1.", "2.", "3.", "5.", "6.", "7."]


def test_a_list_may_replace_a_level() -> None:
    replaced = (
        f'<w:lvlOverride w:ilvl="0">{level(0, "ideographTraditional", "%1、", more=TIGHT)}</w:lvlOverride>'
    )
    numbering = (
        abstract(0, level(0, "decimal", "%1.", more=TIGHT)) + numbered(1, 0) + numbered(2, 0, replaced)
    )
    assert texts(*(paragraph("", num=(n, 0)) for n in (1, 2)), numbering=numbering) == ["1.", "乙、"]


def test_restart_rules() -> None:
    def third_level(rule: str) -> list[str]:
        shown = [level(depth, "decimal", f"{depth}:%{depth + 1}", more=TIGHT) for depth in (0, 1)]
        numbering = abstract(0, *shown, level(2, "decimal", "2:%3", more=rule + TIGHT)) + numbered(1, 0)
        body = [paragraph("", num=(1, depth)) for depth in (0, 1, 2, 1, 2, 0, 1, 2)]
        return [label for label in texts(*body, numbering=numbering) if label.startswith("2:")]

    assert third_level("") == ["2:1", "2:1", "2:1"]
    assert third_level('<w:lvlRestart w:val="0"/>') == ["2:1", "2:2", "2:3"]
    assert third_level('<w:lvlRestart w:val="1"/>') == ["2:1", "2:2", "2:1"]


def test_numbering_by_style() -> None:
    numbering = abstract(
        0,
        level(0, "chineseCounting", "%1、", more='<w:pStyle w:val="h1"/>' + TIGHT),
        level(1, "chineseCounting", "(%2)", more='<w:pStyle w:val="h2"/>' + TIGHT),
    ) + numbered(4, 0)
    listed = '<w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr>'
    left = '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>'
    styles = (
        style("h1", props=listed)
        + style("h2", base="h1", props=listed)
        + style("h1x", base="h1", props='<w:pPr><w:outlineLvl w:val="0"/></w:pPr>')
        + style("plain", base="h1", props=left)
    )
    body = [paragraph("甲", style=name) for name in ("h1", "h2", "h2", "plain", "h1x", "h2")]
    assert texts(*body, numbering=numbering, styles=styles) == [
        "一、甲",
        "(一)甲",
        "(二)甲",
        "甲",
        "二、甲",
        "(一)甲",
    ]


def test_a_paragraph_may_leave_the_list_of_its_style() -> None:
    styles = style("h", props='<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    body = [paragraph("甲", style="h"), paragraph("乙", style="h", num=(0, 0)), paragraph("丙", style="h")]
    assert texts(*body, numbering=plan_levels(), styles=styles) == ["一、甲", "乙", "二、丙"]


def test_an_abstract_list_may_stand_in_a_numbering_style() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="list"/></w:abstractNum>'
        + abstract(8, level(0, "decimalEnclosedCircle", "%1", more=TIGHT))
        + numbered(1, 7)
        + numbered(2, 8)
    )
    styles = style("list", kind="numbering", props='<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>')
    body = [paragraph("甲", num=(identifier, 0)) for identifier in (1, 2)]
    assert texts(*body, numbering=numbering, styles=styles) == ["①甲", "②甲"]


def test_numbering_styles_in_a_circle_give_no_number() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="list"/></w:abstractNum>' + numbered(1, 7)
    )
    styles = style("list", kind="numbering", props='<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    assert texts(paragraph("甲", num=(1, 0)), numbering=numbering, styles=styles) == ["甲"]


def test_bullets_are_text_and_private_ones_become_dots() -> None:
    numbering = abstract(0, level(0, "bullet", "●", more=TIGHT), level(1, "bullet", "\uf06c")) + numbered(
        1, 0
    )
    assert texts(*(paragraph("甲", num=(1, depth)) for depth in (0, 1)), numbering=numbering) == [
        "●甲",
        "•甲",
    ]


def test_levels_without_text_number_or_meaning() -> None:
    hidden = level(2, "decimal", "%3.").replace("</w:lvl>", "<w:rPr><w:vanish/></w:rPr></w:lvl>")
    numbering = abstract(
        0, level(0, "decimal", ""), level(1, "none", "%2附:", more=TIGHT), hidden
    ) + numbered(1, 0)
    body = [paragraph("甲", num=place) for place in ((1, 0), (1, 1), (1, 2), (1, 3), (9, 0))]
    assert texts(*body, numbering=numbering) == ["甲", "附:甲", "甲", "甲", "甲"]


def test_a_format_for_new_programs_has_one_for_old_ones() -> None:
    new, old = '<w:numFmt w:val="custom" w:format="001"/>', '<w:numFmt w:val="decimalZero"/>'
    choice, fallback = f"<mc:Choice>{new}</mc:Choice>", f"<mc:Fallback>{old}</mc:Fallback>"
    both = f"<mc:AlternateContent>{choice}{fallback}</mc:AlternateContent>"
    numbering = abstract(0, f'<w:lvl w:ilvl="0"><w:start w:val="1"/>{both}<w:lvlText w:val="%1."/></w:lvl>')
    assert texts(paragraph("甲", num=(1, 0)), numbering=numbering + numbered(1, 0)) == ["01.甲"]


def test_deleted_paragraphs_and_those_of_a_contents_do_not_count() -> None:
    gone = "<w:rPr><w:del/></w:rPr>"
    body = [paragraph("甲", num=(1, 0)), paragraph("乙", num=(1, 0), props=gone), paragraph("丙", num=(1, 0))]
    assert texts(*body, numbering=plan_levels()) == ["一、甲", "二、乙丙"]


# --- against a slow model -----------------------------------------------------------------------------


@dataclass(frozen=True)
class ModelLevel:
    start: int
    restart: int | None


@dataclass(frozen=True)
class ModelList:
    abstract: int
    overrides: dict[int, int]


@dataclass(frozen=True)
class Model:
    """What the standard says, asked again from the beginning for every number."""

    abstracts: list[list[ModelLevel]]
    lists: list[ModelList]
    events: list[tuple[int, int]]

    def start(self, event: int, depth: int) -> int:
        listed = self.lists[self.events[event][0]]
        return listed.overrides.get(depth, self.abstracts[listed.abstract][depth].start)

    def value(self, abstract: int, depth: int, event: int) -> int | None:
        """The number of a level once `event` is counted; None while the level has not begun."""
        if event < 0:
            return None
        list_id, at = self.events[event]
        before = self.value(abstract, depth, event - 1)
        if self.lists[list_id].abstract != abstract:
            return before
        first = all(earlier != list_id for earlier, _ in self.events[:event])
        if first and depth in self.lists[list_id].overrides:
            before = None
        if at == depth:
            return self.start(event, depth) if before is None else before + 1
        if at > depth:
            return self.start(event, depth) if before is None else before
        rule = self.abstracts[abstract][depth].restart
        return None if rule is None or at + 1 <= rule else before

    def label(self, event: int) -> str:
        list_id, at = self.events[event]
        abstract = self.lists[list_id].abstract
        return ".".join(str(self.value(abstract, depth, event)) for depth in range(at + 1)) + ")"


DEPTH = 4


@st.composite
def models(draw: st.DrawFn) -> Model:
    levels = st.lists(
        st.builds(ModelLevel, st.integers(0, 12), st.none() | st.integers(0, DEPTH)),
        min_size=DEPTH,
        max_size=DEPTH,
    )
    abstracts = draw(st.lists(levels, min_size=1, max_size=2))
    overrides = st.dictionaries(st.integers(0, DEPTH - 1), st.integers(0, 20), max_size=2)
    listed = st.builds(ModelList, st.integers(0, len(abstracts) - 1), overrides)
    lists = draw(st.lists(listed, min_size=1, max_size=4))
    event = st.tuples(st.integers(0, len(lists) - 1), st.integers(0, DEPTH - 1))
    return Model(abstracts, lists, draw(st.lists(event, min_size=1, max_size=14)))


def written(model: Model) -> str:
    """The model as numbering.xml."""
    parts = []
    for identifier, levels in enumerate(model.abstracts):
        shown = []
        for depth, of in enumerate(levels):
            rule = f'<w:lvlRestart w:val="{of.restart}"/>' if of.restart is not None else ""
            label = ".".join(f"%{above + 1}" for above in range(depth + 1)) + ")"
            shown.append(level(depth, "decimal", label, start=of.start, more=rule + TIGHT))
        parts.append(abstract(identifier, *shown))
    for identifier, listed in enumerate(model.lists):
        overrides = "".join(
            f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
            for depth, start in listed.overrides.items()
        )
        parts.append(numbered(identifier + 1, listed.abstract, overrides))
    return "".join(parts)


@given(models())
def test_counters_agree_with_the_model(model: Model) -> None:
    body = [paragraph("", num=(identifier + 1, depth)) for identifier, depth in model.events]
    assert texts(*body, numbering=written(model)) == [
        model.label(event) for event in range(len(model.events))
    ]
