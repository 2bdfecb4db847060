"""Tables whose borders a copy has lost."""

from __future__ import annotations

import pytest

from luoshi.core.document.model import RawTable
from luoshi.core.document.piped import with_tables
from luoshi.core.document.txt import lines


def rows(text: str) -> list[list[str]]:
    """The cells of the one table of a text, row by row."""
    [table] = [piece for piece in with_tables(lines(text)) if isinstance(piece, RawTable)]
    found: list[list[str]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        found[cell.row].append("".join(piece.text for piece in cell.pieces))
    return found


@pytest.mark.parametrize(
    "text",
    [
        "序号\n任务\n责任单位\n1\n修缮祠堂\n县文旅局\n2\n建设书吧\n县图书馆\n",
        "序号\n\n任务\n\n责任单位\n\n1\n\n修缮祠堂\n\n县文旅局\n\n2\n\n建设书吧\n\n县图书馆\n",
        "序号 任务 责任单位\n1 修缮祠堂 县文旅局\n2 建设书吧 县图书馆\n",
        "序号　任务　责任单位\n1　修缮祠堂　县文旅局\n2　建设书吧　县图书馆\n",
    ],
)
def test_a_known_header_begins_a_table(text: str) -> None:
    head, *body = rows(text)
    assert head == ["序号", "任务", "责任单位"]
    assert body == [["1", "修缮祠堂", "县文旅局"], ["2", "建设书吧", "县图书馆"]]


def test_words_behind_the_last_row_stay_prose() -> None:
    text = "序号\n任务\n责任单位\n1\n修缮祠堂\n县文旅局\n2\n建设书吧\n县图书馆\n各单位要高度重视。\n"
    assert with_tables(lines(text))[-1] == lines(text)[-1]


def test_a_column_of_numbers_needs_no_header() -> None:
    found = rows("工作任务 责任单位 完成时限\n1 修缮祠堂 县文旅局 6月\n2 建设书吧 县图书馆 9月\n")
    assert found[0] == ["", "工作任务", "责任单位", "完成时限"]
    assert found[1] == ["1", "修缮祠堂", "县文旅局", "6月"]


@pytest.mark.parametrize(
    "text",
    [
        "序号\n任务\n责任单位\n修缮祠堂\n县文旅局\n",
        "序号\n任务\n责任单位\n1\n修缮祠堂\n2\n建设书吧\n县图书馆\n",
        "任务 责任\n修缮 县文旅局\n",
        "牵头单位 责任单位 完成时限\n各单位要高度重视。\n",
    ],
)
def test_what_is_not_plainly_a_table_stays_prose(text: str) -> None:
    assert with_tables(lines(text)) == lines(text)
