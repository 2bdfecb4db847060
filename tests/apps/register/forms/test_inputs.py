"""Forms of steps: rows that hold people, bodies and answers come back as they were filled in."""

from __future__ import annotations

from django.http import QueryDict

from luoshi.apps.register.forms.inputs import given, rows_of, typed
from luoshi.core.errors import Phrase
from luoshi.core.register.fields import Field, FieldType

PANEL = Field(
    "panel",
    FieldType.ROWS,
    Phrase("评审", "Panel"),
    columns=(
        Field("name", FieldType.PERSON, Phrase("姓名", "Name"), required=True),
        Field("from", FieldType.BODY, Phrase("单位", "Body")),
        Field("came", FieldType.YES_NO, Phrase("是否到场", "Came")),
        Field("ways", FieldType.CHOICES, Phrase("方式", "Ways")),
    ),
)
SENT = {
    "shown": ["panel"],
    "f.panel.count": ["4"],
    "f.panel.0.name.name": ["甲某"],
    "f.panel.0.name.phone": ["13800000000"],
    "f.panel.0.came": ["yes"],
    "f.panel.0.ways": ["a", "b"],
    "f.panel.1.name.name": ["乙某"],
    "f.panel.1.remove": ["on"],
    "f.panel.3.name.name": ["丙某"],
    "f.panel.3.from": ["7"],
}


def sent() -> QueryDict:
    data = QueryDict(mutable=True)
    for key, values in SENT.items():
        data.setlist(key, values)
    return data


def test_rows_with_people_come_back_without_those_that_are_empty_or_removed() -> None:
    values = typed([PANEL], sent())
    assert [row["name"]["name"] for row in values["panel"]] == ["甲某", "丙某"]
    assert values["panel"][0]["ways"] == ["a", "b"]
    rows = given(values, {"panel": PANEL})["panel"]
    assert isinstance(rows, list)
    assert rows[0]["name"] == {"name": "甲某", "phone": "13800000000"}
    assert rows[1] == {"name": {"name": "丙某"}, "from": "7", "came": "", "ways": []}


def test_what_was_typed_into_rows_stands_in_the_form_again() -> None:
    shown = rows_of(PANEL, typed([PANEL], sent())["panel"])
    assert shown[0][0].parts["name"] == "甲某"
    assert shown[1][1].value == "7"
    assert shown[2][0].parts == {}
    assert [cell.needed for cell in shown[0]] == [True, False, False, False]
