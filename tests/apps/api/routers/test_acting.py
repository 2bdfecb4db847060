"""One step of many entries by tokens: offered, tried without a trace, taken one by one."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import TestCase

from luoshi.apps.audit.models import Event
from luoshi.apps.bulk.models import Action, State
from luoshi.apps.register.models import Entry
from luoshi.apps.register.operations.taking import take_step
from luoshi.core.register.procedure import Actor
from tests.apps.api.calling import Caller, problem, program
from tests.apps.bulk.views.test_acting import venues
from tests.apps.register.factories import AT, Place, apply_for_aid

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
PATH = "/registers/culture-venues/actions"
INSPECTED = {"inspected-on": "2026-02-01", "condition": "good"}


def many(entries: list[Entry], **more: Any) -> dict[str, Any]:
    chosen = [{"entry": one.pk, "revision": one.revision} for one in entries]
    return {"transition": "inspect", "entries": chosen, "values": INSPECTED, **more}


def act(caller: Caller, given: dict[str, Any]) -> Any:
    """The action, worked on."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        made = caller.do(PATH, given)
    return caller.get(f"{PATH}/{made['id']}")


def close(place: Place, entry: Entry) -> None:
    take_step(
        entry=entry,
        transition="close",
        given={"closing-reason": "拆除"},
        seen=1,
        actor=Actor.OFFICE,
        by=place.office,
        at=AT,
        reason="拆除",
    )


def test_steps_are_offered_by_the_states_of_the_chosen(place: Place, clerk: Caller) -> None:
    entries = venues(place, 3)
    asked = "&".join(f"entry={one.pk}" for one in entries)
    found = {one["transition"]: one for one in clerk.get(f"{PATH}/steps?{asked}")}
    assert (found["inspect"]["entries"], found["mend"]["entries"]) == (3, 0)
    assert found["inspect"]["fields"] == ["inspected-on", "condition", "problem"]
    assert clerk.get(f"{PATH}/steps")[0]["entries"] == 0
    # A step with something of each entry by itself is none of them.
    assert "register" not in found


def test_tried_then_taken(place: Place, clerk: Caller) -> None:
    entries = venues(place, 3)
    close(place, entries[0])
    tried = clerk.do(f"{PATH}/preview", many(entries))
    assert (tried["possible"], tried["refused"]) == (2, 1)
    refused = next(one for one in tried["trials"] if one["refused"])
    assert (refused["entry_id"], refused["refused"]["code"]) == (entries[0].pk, "step-not-here")
    assert not Action.objects.exists()
    done = act(clerk, many(entries))
    assert (done["state"], done["taken"], done["refused"], done["total"]) == ("done", 2, 1, 3)
    path = f"{PATH}/{done['id']}/entries"
    deeds = clerk.get(path)["items"]
    assert [one["outcome"] for one in deeds] == ["refused", "done", "done"]
    assert {"zh", "en"} <= set(deeds[0]["why"])
    assert [one["entry_id"] for one in clerk.get(f"{path}?outcome=refused")["items"]] == [entries[0].pk]
    assert Event.objects.filter(type="bulk.action.done").count() == 1


def test_what_somebody_changed_meanwhile_is_left(place: Place, clerk: Caller) -> None:
    entries = venues(place, 2)
    given = many(entries)
    given["entries"][0]["revision"] = 7
    done = act(clerk, given)
    assert (done["taken"], done["refused"]) == (1, 1)
    deed = clerk.get(f"{PATH}/{done['id']}/entries?outcome=refused")["items"][0]
    assert (deed["entry_id"], deed["seen"]) == (entries[0].pk, 7)


def test_what_cannot_be_the_same_for_many_is_refused(place: Place, clerk: Caller) -> None:
    entries = venues(place, 2)
    for call in ("/preview", ""):
        for wrong in ("photos", "name", "no-such"):
            given = many(entries, values={**INSPECTED, wrong: "x"})
            problem(clerk("POST", PATH + call, given), 422, "step-value-not-asked")
        for step in ("register", "no-such"):
            problem(clerk("POST", PATH + call, many(entries, transition=step)), 404, "api-not-there")
        problem(clerk("POST", PATH + call, many([])), 422, "api-body-wrong")
    problem(clerk("POST", PATH, many(entries, values={"condition": "damaged"})), 409, "bulk-nothing-chosen")
    assert not Action.objects.exists()


def test_a_body_that_there_is_not_is_refused_entry_by_entry(place: Place) -> None:
    office, entries = program(place.office, "office"), venues(place, 2)
    for said in ("没有的单位", "999999"):
        done = act(office, many(entries, transition="correct", values={"for-body": said}, reason="更正"))
        assert (done["state"], done["taken"]) == ("done", 0)
        deeds = office.get(f"{PATH}/{done['id']}/entries")["items"]
        assert all("名录" in one["why"]["zh"] for one in deeds)
    assert act(office, many(entries, transition="correct", values={"level": "county"}, reason="更正"))[
        "taken"
    ]


def test_entries_of_others_are_not_among_them(place: Place, clerk: Caller) -> None:
    entries = venues(place, 2)
    other = program(place.liaison, "report")
    assert other.do(f"{PATH}/preview", many(entries))["trials"] == []
    problem(other("POST", PATH, many(entries)), 409, "bulk-nothing-chosen")
    mixed = many([*entries, apply_for_aid(place)])
    assert len(clerk.do(f"{PATH}/preview", mixed)["trials"]) == 2
    done = act(clerk, many(entries))
    office = program(place.office, "office")
    for part in ("", "/entries"):
        problem(office("GET", f"{PATH}/{done['id']}{part}"), 403, "api-not-allowed")
    problem(office("POST", f"{PATH}/{done['id']}/continue", {}), 403, "api-not-allowed")
    problem(program(place.stranger, "read")("POST", PATH, many(entries)), 403, "api-token-too-narrow")


def test_what_was_interrupted_goes_on(place: Place, clerk: Caller) -> None:
    entries = venues(place, 2)
    made = clerk.do(PATH, many(entries))
    path = f"{PATH}/{made['id']}"
    Action.objects.update(state=State.MAKING, due_at=AT.replace(year=2025))
    assert clerk.get(path)["state"] == "interrupted"
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert clerk.do(f"{path}/continue")["state"] == "waiting"
    assert clerk.get(path)["taken"] == 2


def test_statements_do_not_grow_with_the_chosen(
    place: Place, clerk: Caller, django_assert_max_num_queries: Any
) -> None:
    few, lots = venues(place, 2), venues(place, 40)
    done = {len(entries): act(clerk, many(entries))["id"] for entries in (few, lots)}
    for path in ("", "/entries?size=200"):
        with django_assert_max_num_queries(20) as asked:
            clerk.get(f"{PATH}/{done[2]}{path}")
        cost = len(asked)
        with django_assert_max_num_queries(cost):
            clerk.get(f"{PATH}/{done[40]}{path}")
    for one in (*few, *lots):
        one.refresh_from_db()
    with django_assert_max_num_queries(30):
        clerk.do(f"{PATH}/preview", many(lots))
