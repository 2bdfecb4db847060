"""Many entries begun at once are what they would be one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.apps.audit.models import Event
from luoshi.apps.indicator.models import Addition, Cell
from luoshi.apps.indicator.operations.verifying import discrepancies
from luoshi.apps.register.models import Clock, Entry, Step, Value
from luoshi.apps.register.operations.beginning import begin_many
from luoshi.apps.register.operations.refusals import BodyUnknown, NotForBody
from luoshi.apps.register.operations.taking import begin
from luoshi.core.errors import LuoshiError
from luoshi.core.register.procedure import Actor
from luoshi.core.register.refusals import GuardUnmet, ValuesMissing
from luoshi.core.register.values import ValueUnusable
from tests.apps.register.factories import APPLICATION, AT, Place, make_place

pytestmark = pytest.mark.django_db
VENUE = {
    "name": "长廊",
    "kind": "gallery",
    "level": "county",
    "address": "云溪路1号",
    "built-on": "2024-05-01",
}
# What is different for two entries that are the same otherwise.
OWN = ("id", "entry_id", "number", "object_id")


@pytest.fixture
def place() -> Place:
    return make_place()


def venues(place: Place) -> list[dict[str, Any]]:
    good = {**VENUE, "for-body": str(place.other.pk)}
    return [
        good,
        {**good, "built-on": "2099-01-01"},
        {**good, "kind": "hall", "name": "讲堂", "inspected-on": "2026-02-01"},
        {**good, "kind": "没有的类型"},
        {**good, "for-body": "999999"},
        {"name": "缺项"},
        {**good, "kind": "board", "level": ""},
    ]


def together(place: Place, given: list[dict[str, Any]], **more: Any) -> list[Entry | LuoshiError]:
    kind = {"mechanism": "culture-venues", "transition": "register", "body": place.other, **more}
    return begin_many(**kind, given=given, actor=Actor.HANDLER, by=place.stranger, at=AT)


def one_by_one(place: Place, given: list[dict[str, Any]]) -> Iterator[Entry | LuoshiError]:
    for values in given:
        try:
            yield begin(
                mechanism="culture-venues",
                body=place.other,
                transition="register",
                given=values,
                actor=Actor.HANDLER,
                by=place.stranger,
                at=AT,
            )
        except LuoshiError as error:
            yield error


def rows(found: list[Entry]) -> list[Any]:
    """Everything that the database holds of entries, apart from what is their own."""

    def without_own(values: dict[str, Any]) -> dict[str, Any]:
        values.get("detail", {}).pop("number", None)
        return {key: value for key, value in values.items() if key not in OWN}

    told = []
    for entry in found:
        parts: list[Any] = [Entry.objects.filter(pk=entry.pk).values()]
        parts += [kind.objects.filter(entry=entry).order_by("pk").values() for kind in (Step, Clock)]
        parts += [Value.objects.filter(entry=entry).order_by("field", "text").values()]
        parts += [Addition.objects.filter(entry=entry).order_by("indicator").values()]
        parts += [Event.objects.filter(object_type="register.entry", object_id=str(entry.pk)).values()]
        told.append([[without_own(one) for one in part] for part in parts])
    return told


def test_the_same_as_one_by_one(place: Place) -> None:
    given = venues(place)
    many = together(place, given)
    cells = {(c.indicator, c.body_id, c.month): (c.top, c.base, c.entries) for c in Cell.objects.all()}
    single = list(one_by_one(place, given))

    assert [type(one) for one in many] == [type(one) for one in single]
    kinds = [Entry, GuardUnmet, Entry, ValueUnusable, BodyUnknown, ValuesMissing, Entry]
    assert [type(one) for one in many] == kinds
    made = [one for one in many if isinstance(one, Entry)]
    assert rows(made) == rows([one for one in single if isinstance(one, Entry)])
    assert [one.number for one in made] == [f"阵地〔2026〕{n}号" for n in (1, 2, 3)]
    assert cells
    for cell in Cell.objects.all():
        top, base, entries = cells[cell.indicator, cell.body_id, cell.month]
        assert (cell.top, cell.base, cell.entries) == (2 * top, 2 * base, 2 * entries)
    assert discrepancies(place.region.code, "culture-venues", AT.date()) == []


def test_what_is_refused_leaves_no_gap_in_the_numbers(place: Place) -> None:
    together(place, venues(place))
    (after,) = together(place, venues(place)[:1])
    assert isinstance(after, Entry)
    assert after.number == "阵地〔2026〕4号"
    assert after.title.startswith("长廊")


def test_rules_that_look_at_other_entries_see_those_before(place: Place) -> None:
    """Legal aid is applied for with clocks and persons; both ways give the same rows."""
    given = [APPLICATION, {**APPLICATION, "facts": "第二件"}]
    made = begin_many(
        mechanism="legal-aid",
        body=place.centre,
        transition="apply",
        given=given,
        actor=Actor.HANDLER,
        by=place.liaison,
        at=AT,
    )
    alone = [
        begin(
            mechanism="legal-aid",
            body=place.centre,
            transition="apply",
            given=values,
            actor=Actor.HANDLER,
            by=place.liaison,
            at=AT,
        )
        for values in given
    ]
    assert rows([one for one in made if isinstance(one, Entry)]) == rows(alone)
    assert Clock.objects.count() == 4


def test_a_body_that_keeps_no_such_entries(place: Place) -> None:
    with pytest.raises(NotForBody):
        together(place, venues(place), body=place.centre)


def test_statements_do_not_grow_with_the_entries(place: Place) -> None:
    good = venues(place)[0]
    counted = []
    for number in (2, 60):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            together(place, [{**good, "name": f"长廊{n}"} for n in range(number)])
        counted.append(len(queries))
    assert counted[1] <= counted[0] + 8
    assert counted[1] < 45
