"""What a change does to tasks, against taking every plan apart before and after."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from luoshi.apps.organization.models import Body, GroupRule, Membership
from luoshi.apps.organization.operations import add_members, create_body
from luoshi.apps.organization.queries.members import load_roster
from luoshi.apps.plan.models import Plan, TaskBody
from luoshi.apps.plan.queries.expansion import parts_of_plan
from luoshi.apps.registry.operations.trying import carry_out
from luoshi.apps.registry.queries.effects import Effects, compare, preview_change
from tests.apps import factories
from tests.apps.factories import NOW, REGION
from tests.apps.registry.strategies import DAYS, PLAIN, empty_region, fill, periods

Parts = set[tuple[int, int, str]]


def parts() -> Parts:
    """Who has which part in which task, of all plans."""
    return {(part.task, part.body, part.role) for plan in Plan.objects.all() for part in parts_of_plan(plan)}


class TestAnyChange(TestCase):
    """Any registry, any plans, any change."""

    @given(data=st.data())
    @settings(max_examples=40)
    def test_effects_are_what_a_slow_calculation_finds(self, data: st.DataObject) -> None:
        TaskBody.everything.all().delete()
        Plan.objects.all().delete()
        empty_region()
        bodies = fill(data)
        for number, day in enumerate(data.draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=2))):
            plan = factories.stored_plan(tasks=2 + number, name=f"{number}.txt")
            Plan.objects.filter(pk=plan.pk).update(date=day.isoformat())
            for mention in TaskBody.objects.filter(task__plan=plan):
                TaskBody.objects.filter(pk=mention.pk).update(body=data.draw(st.sampled_from(bodies)))
        before, roster = parts(), load_roster(REGION)
        _change(data, bodies)
        after = parts()
        effects = compare(REGION, roster, load_roster(REGION))
        assert (effects.gained, effects.lost) == (len(after - before), len(before - after))
        told = {(one.task, one.body, one.gained) for one in effects.changes}
        names = dict(Body.objects.values_list("pk", "name"))
        assert told == {
            *((task, names[body], True) for task, body, _ in after - before),
            *((task, names[body], False) for task, body, _ in before - after),
        }
        assert effects.tasks == len({task for task, _, _ in before ^ after})


def _change(data: st.DataObject, bodies: list[Body]) -> None:
    """One thing that a person may do to the registry."""
    body = data.draw(st.sampled_from(bodies))
    what = data.draw(st.sampled_from(["end", "kind", "member", "leave", "rule", "no rule"]))
    if what == "end":
        start, last = body.active_from, data.draw(st.sampled_from(DAYS))
        Body.objects.filter(pk=body.pk).update(active_to=last if start is None or start <= last else start)
    elif what == "kind":
        Body.objects.filter(pk=body.pk).update(kind=data.draw(st.sampled_from([*PLAIN, "group"])))
    elif what == "member":
        group = data.draw(st.sampled_from(bodies))
        roster, valid = load_roster(REGION), data.draw(periods())
        if group != body and not roster.reaches(body.pk, group.pk):
            Membership.objects.filter(group=group, member=body).delete()
            Membership.objects.create(
                region_id=REGION, group=group, member=body, valid_from=valid.start, valid_to=valid.end
            )
    elif what == "leave":
        Membership.objects.filter(member=body).delete()
    elif what == "rule":
        GroupRule.objects.get_or_create(region_id=REGION, group=body, kind="town", line="", level=None)
    else:
        GroupRule.objects.filter(group=body).delete()


@pytest.fixture
def towns(office: User, plan: Plan) -> list[Body]:
    """各镇, named by a plan, and a town outside it."""
    group = create_body(region=REGION, name="各镇", collective=True, by=office, at=NOW)
    TaskBody.objects.filter(task__plan=plan, name="各镇").update(body=group)
    return [group, create_body(region=REGION, name="柳河镇", kind="town", by=office, at=NOW)]


def test_a_preview_leaves_nothing_behind(office: User, towns: list[Body]) -> None:
    group, town = towns
    effects = preview_change(
        region=REGION, deed=lambda: add_members(group=group, members=[town], by=office, at=NOW)
    )
    assert (effects.gained, effects.lost, effects.tasks, effects.plans) == (3, 0, 3, 1)
    assert {(one.body, one.via, one.role, one.gained) for one in effects.changes} == {
        ("柳河镇", "各镇", "责任", True)
    }
    assert not Membership.objects.exists()


def test_later_members_do_not_touch_earlier_plans(office: User, towns: list[Body]) -> None:
    group, town = towns
    deed = lambda: add_members(  # noqa: E731 - as views write it
        group=group, members=[town], valid_from=date(2026, 1, 16), by=office, at=NOW
    )
    assert not preview_change(region=REGION, deed=deed)


def test_what_the_plan_names_itself_is_not_gained(office: User, plan: Plan, towns: list[Body]) -> None:
    group, town = towns
    TaskBody.objects.filter(task__plan=plan, name="区民政局").update(body=town)
    assert not preview_change(
        region=REGION, deed=lambda: add_members(group=group, members=[town], by=office, at=NOW)
    )


def test_effects_survive_storing(office: User, towns: list[Body]) -> None:
    group, town = towns
    effects = preview_change(
        region=REGION, deed=lambda: add_members(group=group, members=[town], by=office, at=NOW)
    )
    assert Effects.from_json(effects.as_json()) == effects


def test_a_change_is_done_only_as_it_was_shown(office: User, towns: list[Body]) -> None:
    group, town = towns

    def deed() -> list[Membership]:
        return add_members(group=group, members=[town], by=office, at=NOW)

    asked = carry_out(region=REGION, deed=deed, shown="")
    assert not asked.done
    assert not carry_out(region=REGION, deed=deed, shown="something else").done
    assert not Membership.objects.exists()
    done = carry_out(region=REGION, deed=deed, shown=asked.effects.seal)
    assert done.done
    assert [tie.member for tie in done.result] == [town]


def test_a_body_that_is_made_may_be_confirmed(office: User, towns: list[Body]) -> None:
    group, _town = towns
    GroupRule.objects.create(region_id=REGION, group=group, kind="street")

    def deed() -> Body:
        return create_body(region=REGION, name="文昌街道", kind="street", by=office, at=NOW)

    asked = carry_out(region=REGION, deed=deed, shown="")
    assert not asked.done
    assert carry_out(region=REGION, deed=deed, shown=asked.effects.seal).done


def test_effects_take_few_queries(
    office: User, towns: list[Body], django_assert_max_num_queries: object
) -> None:
    group, town = towns
    for number in range(4, 12):
        factories.stored_plan(tasks=number, by=office, name=f"{number}.txt")
    TaskBody.objects.filter(name="各镇").update(body=group)
    before = load_roster(REGION)
    add_members(group=group, members=[town], by=office, at=NOW)
    after = load_roster(REGION)
    with django_assert_max_num_queries(5):  # type: ignore[operator]
        assert compare(REGION, before, after).plans == 9
