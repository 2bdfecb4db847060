"""Damaged workbooks: an error for people, or an extract that holds together."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.document.limits import Limits
from luoshi.core.document.xlsx import read
from tests.writers.damage import check_reader, damaged
from tests.writers.xlsx import files, inline, sheet

ROWS = (
    f'<row r="1">{inline("A1", "云溪区任务表")}<c r="B1" t="s"><v>0</v></c></row>'
    '<row r="2"><c r="A2" s="1"><v>44924</v></c><c r="B2" t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row>'
    '<row r="4" hidden="1"><c r="A4" s="0"><f>1+1</f><v>0.95</v></c><c t="str"><v>_x000D_\n甲</v></c></row>'
)
STYLES = (
    '<numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>'
    '<fonts><font><b/><sz val="11"/></font></fonts>'
    '<cellXfs><xf numFmtId="9" fontId="0"/><xf numFmtId="170"><alignment horizontal="center"/></xf></cellXfs>'
)
RICH = {
    name: content.encode()
    for name, content in files(
        {"任务": sheet(ROWS, merged=["A1:B1", "A2:A4"]), "底稿": sheet(ROWS)},
        strings="<si><r><t>区司法局</t></r><rPh><t>x</t></rPh></si>",
        styles=STYLES,
        states={"底稿": "hidden"},
    ).items()
}
LIMITS = Limits(characters=100_000, cells=10_000, unpacked_bytes=1_000_000)


@given(st.integers(0, 2**64))
@settings(max_examples=250)
def test_damaged_files(seed: int) -> None:
    data = damaged(RICH, Random(seed))
    check_reader(lambda: read(data, file="a.xlsx", limits=LIMITS))
