"""Damaged Word files: an error for people, or an extract that holds together."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.document.docx import read
from luoshi.core.document.limits import Limits
from tests.writers.damage import check_extract, check_reader, damaged
from tests.writers.docx import (
    abstract,
    cell,
    files,
    level,
    note,
    numbered,
    pack,
    paragraph,
    row,
    run,
    style,
    table,
)

FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r>'
    f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("果")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>"
    f"{paragraph('框内')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
)
RICH = {
    name: content.encode()
    for name, content in files(
        paragraph("云溪区实施方案", style="h1"),
        paragraph("总体要求", num=(1, 0)),
        paragraph(
            run("加强", "<w:b/>") + FIELD + BOX + '<w:r><w:footnoteReference w:id="1"/><w:br/></w:r>',
            num=(2, 1),
        ),
        paragraph(run("删") + f"<w:ins>{run('增')}</w:ins>", props="<w:rPr><w:del/></w:rPr>"),
        table(
            row(cell("甲", props='<w:vMerge w:val="restart"/>'), cell("乙", props='<w:gridSpan w:val="2"/>')),
            row(cell("", props="<w:vMerge/>"), "丙", cell(table(row("子")), paragraph("丁", num=(1, 2)))),
            row(
                cell("戊", props='<w:hMerge w:val="restart"/>'),
                cell("", props="<w:hMerge/>"),
                "己",
                props="<w:ins/>",
            ),
        ),
        f"<w:sdt><w:sdtContent>{paragraph('控件', style='h2')}</w:sdtContent></w:sdt>",
        numbering=abstract(0, *(level(n, "chineseCounting", f"%1.%{n + 1}、") for n in range(3)))
        + numbered(1, 0)
        + numbered(2, 0, '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="3"/></w:lvlOverride>'),
        styles=style("h1", props='<w:pPr><w:outlineLvl w:val="0"/></w:pPr>') + style("h2", base="h1"),
        footnotes=note("1", "注"),
        core="<dc:title>方案</dc:title>",
    ).items()
}
LIMITS = Limits(characters=100_000, cells=10_000, unpacked_bytes=1_000_000)


@given(st.integers(0, 2**64))
@settings(max_examples=250)
def test_damaged_files(seed: int) -> None:
    data = damaged(RICH, Random(seed))
    check_reader(lambda: read(data, file="a.docx", limits=LIMITS))


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=6)
paragraphs = st.builds(
    lambda texts, place: paragraph("".join(run(text) for text in texts), num=place),
    st.lists(words, max_size=3),
    st.none() | st.tuples(st.sampled_from([1, 2]), st.integers(0, 2)),
)


@given(st.recursive(paragraphs, lambda inner: st.builds(
    lambda blocks: table(*(row(cell(block, paragraph()), cell(*rest)) for block, *rest in blocks)),
    st.lists(st.lists(inner, min_size=2, max_size=3), min_size=1, max_size=3),
), max_leaves=12))  # fmt: skip
def test_whole_files_hold_together(block: str) -> None:
    body = files(block)["word/document.xml"].encode()
    check_extract(read(pack({**RICH, "word/document.xml": body}), file="a.docx", limits=LIMITS))
