"""One step of many entries: ticked or all of a filter, tried, taken one by one."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, TestCase
from pytest_django import DjangoAssertNumQueries

from luoshi.apps.audit.models import Event
from luoshi.apps.bulk.models import Action, Deed, State
from luoshi.apps.bulk.operations import acting
from luoshi.apps.bulk.operations.acting import continue_action, mark_actions_interrupted, run_action
from luoshi.apps.register.models import Entry
from luoshi.apps.register.operations.beginning import begin_many
from luoshi.apps.register.operations.taking import take_step
from luoshi.core.register.procedure import Actor
from tests.apps.register.factories import AT, Place, make_place

pytestmark = pytest.mark.django_db
ADDRESS = "/registers/culture-venues/act/"
INSPECTED = {"f.inspected-on": "2026-02-01", "f.condition": "good", "f.problem": ""}


@pytest.fixture
def place() -> Place:
    return make_place()


@pytest.fixture
def browser(place: Place) -> Client:
    client = Client()
    client.force_login(place.stranger)
    return client


def venues(place: Place, count: int) -> list[Entry]:
    values = {
        "kind": "gallery",
        "for-body": str(place.other.pk),
        "address": "云溪路1号",
        "built-on": "2024-05-01",
    }
    made = begin_many(
        mechanism="culture-venues",
        body=place.other,
        transition="register",
        given=[{**values, "name": f"长廊{number}"} for number in range(count)],
        actor=Actor.HANDLER,
        by=place.stranger,
        at=AT,
    )
    return [one for one in made if isinstance(one, Entry)]


def asked(entries: list[Entry], action: str, **more: Any) -> dict[str, Any]:
    return {
        "transition": "inspect",
        "entry": [f"{one.pk}:{one.revision}" for one in entries],
        "shown": ["inspected-on", "condition", "problem"],
        "action": action,
        **INSPECTED,
        **more,
    }


def test_the_list_offers_it_without_scripts(place: Place, browser: Client) -> None:
    (entry,) = venues(place, 1)
    page = browser.get("/registers/culture-venues/").content.decode()
    assert f'action="{ADDRESS}"' in page
    assert f'name="entry" value="{entry.pk}"' in page


def test_steps_are_offered_by_the_states_of_the_chosen(place: Place, browser: Client) -> None:
    entries = venues(place, 3)
    page = browser.get(ADDRESS, {"entry": [one.pk for one in entries]}).content.decode()
    assert "记录检查" in page
    assert "3 条处于可办理的状态" in page
    assert "建成启用" not in page


def test_all_that_the_filter_gives(place: Place, browser: Client) -> None:
    venues(place, 12)
    page = browser.get(ADDRESS, {"chosen": "all", "q": "长廊1"}).content.decode()
    assert "<strong>3</strong>" in page
    nothing = browser.get(ADDRESS, {"chosen": "some"})
    assert nothing.status_code == 422


def test_more_than_one_action_takes(place: Place, browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from luoshi.apps.bulk.views import acting as views

    monkeypatch.setattr(views, "MOST", 3)
    venues(place, 4)
    answer = browser.get(ADDRESS, {"chosen": "all"})
    assert answer.status_code == 422
    assert "一次最多办理 3 条" in answer.content.decode()


def test_tried_then_taken(place: Place, browser: Client) -> None:
    entries = venues(place, 3)
    gone = entries[0]
    take_step(
        entry=gone,
        transition="close",
        given={"closing-reason": "拆除"},
        seen=1,
        actor=Actor.OFFICE,
        by=place.office,
        at=AT,
        reason="拆除",
    )
    gone.refresh_from_db()
    tried = browser.post(ADDRESS, asked(entries, "preview")).content.decode()
    assert "不能在“已停用”时办理" in tried
    assert "办理 2 条" in tried
    assert Entry.objects.filter(revision=2).count() == 1

    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = browser.post(ADDRESS, asked(entries, "do"))
    assert answer.status_code == 302
    action = Action.objects.get()
    assert action.state == State.DONE
    assert list(action.deeds.order_by("pk").values_list("outcome", flat=True)).count("done") == 2
    assert Event.objects.filter(type="register.entry.taken").count() == 3
    assert all(one.values["condition"] == "good" for one in Entry.objects.exclude(pk=gone.pk))
    page = browser.get(answer["Location"]).content.decode()
    assert "未办理" in page
    assert "不能在“已停用”时办理" in page


def test_values_that_no_entry_takes(place: Place, browser: Client) -> None:
    entries = venues(place, 2)
    tried = browser.post(ADDRESS, asked(entries, "preview", **{"f.condition": "damaged"})).content.decode()
    assert "损坏的请办理" in tried
    answer = browser.post(ADDRESS, asked(entries, "do", **{"f.condition": "damaged"}))
    assert answer.status_code == 422
    assert not Action.objects.exists()


def test_what_somebody_changed_meanwhile_is_left(place: Place, browser: Client) -> None:
    entries = venues(place, 2)
    data = asked(entries, "do")
    take_step(
        entry=entries[0],
        transition="inspect",
        given={"inspected-on": "2026-01-01", "condition": "worn"},
        seen=1,
        actor=Actor.OFFICE,
        by=place.office,
        at=AT,
    )
    with TestCase.captureOnCommitCallbacks(execute=True):
        browser.post(ADDRESS, data)
    refused = Deed.objects.get(outcome=Deed.Outcome.REFUSED)
    assert refused.entry_id == entries[0].pk
    assert "更新了这一条目" in refused.why["zh"]


def test_a_killed_action_takes_nothing_twice(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = venues(place, 4)
    action = Action.objects.create(
        region=place.region,
        mechanism="culture-venues",
        transition="inspect",
        values={"inspected-on": "2026-02-01", "condition": "good"},
        by=place.stranger,
        at=AT,
        total=4,
    )
    Deed.objects.bulk_create(Deed(action=action, entry=one, seen=1) for one in entries)
    once = acting._do

    def dies_at_the_third(action: Action, key: int, at: Any) -> None:
        if Deed.objects.filter(outcome=Deed.Outcome.DONE).count() == 2:
            raise KeyboardInterrupt
        once(action, key, at)

    with monkeypatch.context() as dying:
        dying.setattr(acting, "_do", dies_at_the_third)
        with pytest.raises(KeyboardInterrupt):
            run_action(action.pk, lambda: AT)
    assert mark_actions_interrupted(at=AT, everything=True) == 1
    continue_action(action=action, at=AT)
    run_action(action.pk, lambda: AT)
    assert set(Entry.objects.values_list("revision", flat=True)) == {2}
    assert Deed.objects.filter(outcome=Deed.Outcome.DONE).count() == 4


def test_somebody_without_a_part_in_it(place: Place) -> None:
    entries = venues(place, 2)
    other = Client()
    other.force_login(place.liaison)
    # Entries of another body are none that the person may see.
    assert other.post(ADDRESS, asked(entries, "do")).status_code == 422
    assert not Action.objects.exists()


def test_statements_do_not_grow_with_the_chosen(
    place: Place, browser: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    entries = venues(place, 40)
    with django_assert_max_num_queries(30):
        browser.post(ADDRESS, asked(entries, "preview"))
