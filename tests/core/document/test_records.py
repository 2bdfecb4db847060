"""JSON in plain text: whole, cut, and with prose in its values."""

from __future__ import annotations

import json

import pytest

from luoshi.core.document.model import Piece, RawTable
from luoshi.core.document.records import records_of

TASKS = [
    {"序号": 1, "任务": "整治河道", "牵头单位": "区水务局", "配合单位": ["区城管局", "各街道"]},
    {"序号": 2, "任务": "绿化道路", "牵头单位": "区园林局", "配合单位": ["区财政局"]},
]


def rows(text: str) -> list[dict[str, str]]:
    """The records of a text that is a table, each by its keys."""
    [table] = records_of(text)
    assert isinstance(table, RawTable)
    words = {(cell.row, cell.column): "".join(piece.text for piece in cell.pieces) for cell in table.cells}
    head = {column: word for (row, column), word in words.items() if row == 0}
    return [{head[c]: word for (r, c), word in words.items() if r == row} for row in range(1, table.rows)]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(TASKS, ensure_ascii=False),
        json.dumps({"计划": {"任务": TASKS}}, ensure_ascii=False)[7:-1],
        "\n".join(json.dumps(task) for task in TASKS),
    ],
)
def test_each_object_is_a_row(text: str) -> None:
    found = [row for row in rows(text) if "牵头单位" in row]
    assert [row["牵头单位"] for row in found] == ["区水务局", "区园林局"]
    assert found[0]["配合单位"] == "区城管局、各街道"


def test_a_text_that_breaks_off_gives_what_is_visible() -> None:
    text = json.dumps(TASKS, ensure_ascii=False)
    found = rows(text[: text.index("园林局")])
    assert found[1] == {"序号": "2", "任务": "绿化道路", "牵头单位": "区"}


def test_a_text_that_begins_inside_an_object_is_read_from_its_first_key() -> None:
    text = json.dumps(TASKS, ensure_ascii=False)
    found = rows(text[text.index("河道") :])
    assert [row.get("牵头单位") for row in found] == ["区水务局", "区园林局"]


def test_a_value_of_several_lines_is_prose() -> None:
    found = records_of('{"正文": "一、任务\\n1.整治河道。\\n2.绿化道路。"}')
    assert [piece.text for piece in found if isinstance(piece, Piece)] == [
        "一、任务",
        "1.整治河道。",
        "2.绿化道路。",
    ]


@pytest.mark.parametrize(
    "text", ["", "区水务局说：“好”。", '他说"任务": 完成了，随后大家讨论了很久很久。', "{}", "[]"]
)
def test_other_texts_hold_no_records(text: str) -> None:
    assert records_of(text) == []
