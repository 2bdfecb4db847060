"""Old workbooks. `files/tasks.xls` was made from our own words with LibreOffice."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.document.errors import DamagedDocument, EncryptedDocument, SuspiciousContent, TooLarge
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import CellPlace, Extract, RawTable
from luoshi.core.document.open import open_document
from luoshi.core.document.xlsx import read
from tests.writers.damage import check_reader

TASKS = (Path(__file__).parent / "files/tasks.xls").read_bytes()


def extract(data: bytes, **bounds: int) -> Extract:
    return read(data, file="任务.xls", limits=Limits(**bounds))  # type: ignore[arg-type]


def test_a_task_table_as_it_is_seen() -> None:
    found = extract(TASKS)
    assert found.format == "xls"
    (table,) = found.pieces
    assert isinstance(table, RawTable)
    assert (table.rows, table.columns) == (5, 4)
    seen = {(cell.row, cell.column): "/".join(piece.text for piece in cell.pieces) for cell in table.cells}
    assert seen == {
        (0, 0): "云溪区重点任务分解表",
        **{(1, index): text for index, text in enumerate(("序号", "任务", "牵头单位", "完成时限"))},
        (2, 0): "1",
        (2, 1): "加强普法/办好法治讲堂",
        (2, 2): "区司法局",
        (2, 3): "2022/12/29",
        (3, 0): "2",
        (3, 1): "规范执法",
        (3, 3): "95%",
        (4, 0): "3",
        (4, 1): "",
        (4, 2): "2022/12/29 9:30",
        (4, 3): "TRUE",
    }
    spans = {
        (c.row, c.column): (c.row_span, c.column_span)
        for c in table.cells
        if (c.row_span, c.column_span) > (1, 1)
    }
    assert spans == {(0, 0): (1, 4), (2, 2): (2, 1)}
    assert found.notes == (("cell-error", "任务!B5 #DIV/0!"), ("hidden-sheet", "底稿"))


def test_places_and_styles() -> None:
    (table,) = extract(TASKS).pieces
    assert isinstance(table, RawTable)
    title, task = table.cells[0].pieces[0], table.cells[6].pieces[1]
    assert title.style.align == ""
    assert title.style.size == 11.0
    assert task.runs[0].place == CellPlace("任务", 3, 2, 5)


def test_limits() -> None:
    with pytest.raises(TooLarge, match="单元格"):
        extract(TASKS, cells=19)
    with pytest.raises(TooLarge, match="字数"):
        extract(TASKS, characters=60)
    assert extract(TASKS, cells=20, characters=100).pieces


def test_what_is_refused() -> None:
    with pytest.raises(DamagedDocument):
        extract(TASKS[:3_000])
    with pytest.raises(DamagedDocument):
        extract(TASKS[:8])
    with pytest.raises(EncryptedDocument):
        extract(TASKS + "EncryptedPackage".encode("utf-16-le"))
    name, macros = (text.encode("utf-16-le") for text in ("\x05SummaryInformation", "_VBA_PROJECT_CUR\0\0\0"))
    length = TASKS.index(name) + 64
    renamed = bytearray(TASKS.replace(name, macros))
    renamed[length] = 2 * len("_VBA_PROJECT_CUR\0")
    with pytest.raises(SuspiciousContent, match="宏"):
        extract(bytes(renamed))


def test_no_converter_is_needed() -> None:
    document = open_document(TASKS, "任务.xls")
    assert document.format == "xls"
    assert "加强普法" in document.text


@given(st.integers(0, 2**64))
def test_damaged_files(seed: int) -> None:
    random, data = Random(seed), bytearray(TASKS)
    for _ in range(random.randint(1, 6)):
        at = random.randrange(len(data))
        data[at : at + 2] = random.choice(
            (b"\xff\xff", b"\0\0", random.randbytes(2), random.randbytes(1) + data[at + 1 : at + 2])
        )
    if random.random() < 0.1:
        del data[random.randrange(len(data)) :]
    check_reader(lambda: read(bytes(data) or b"x", file="a.xls", limits=Limits(cells=10_000)))
