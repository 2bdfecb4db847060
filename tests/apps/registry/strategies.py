"""Registries made by chance: bodies of every kind with names, dates, groups within groups and rules."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from luoshi.apps.organization.models import Body, BodyAlias, GroupRule, Membership, Region
from luoshi.apps.organization.queries.members import load_roster
from luoshi.core.credit_code import compose
from luoshi.core.roster import Period
from tests.apps.factories import REGION

START = date(2025, 12, 1)
DAYS = [START + timedelta(days=20 * number) for number in range(6)]
PLAIN = ("organ", "town", "street", "leading-group")
LINES = ("party", "government", "township")


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Days in order, or open."""
    start = draw(st.none() | st.sampled_from(DAYS))
    end = draw(st.none() | st.sampled_from([day for day in DAYS if start is None or day >= start]))
    return Period(start, end)


def fill(data: st.DataObject, *, bodies: int = 6, groups: int = 3) -> list[Body]:
    """A registry in the database."""
    made = [_body(data, number) for number in range(data.draw(st.integers(1, bodies), label="bodies"))]
    heads = [
        Body.objects.create(region_id=REGION, name=f"统称{number}", kind="group")
        for number in range(data.draw(st.integers(0, groups), label="groups"))
    ]
    for number, body in enumerate(made):
        if number and data.draw(st.booleans(), label="below"):
            body.parent = made[number - 1]
            body.save()
    for group in heads:
        _members(data, group, [*made, *heads])
    return [*made, *heads]


def _body(data: st.DataObject, number: int) -> Body:
    active = data.draw(periods(), label="active")
    body = Body.objects.create(
        region_id=REGION,
        name=f"区{number}局",
        full_name=data.draw(st.sampled_from(["", f"云溪区{number}局"]), label="full name"),
        short_name=data.draw(st.sampled_from(["", f"{number}局"]), label="short name"),
        kind=data.draw(st.sampled_from(PLAIN), label="kind"),
        line=data.draw(st.sampled_from(LINES), label="line"),
        level=data.draw(st.none() | st.integers(0, 5), label="level"),
        credit_code=compose(authority="11", region=REGION, number=f"MB{number:06}"),
        active_from=active.start,
        active_to=active.end,
    )
    for kind in data.draw(st.lists(st.sampled_from(BodyAlias.Kind.values), max_size=2), label="aliases"):
        valid = data.draw(periods(), label="valid")
        BodyAlias.objects.create(
            region_id=REGION,
            body=body,
            name=f"别名{BodyAlias.objects.count()}",
            kind=kind,
            valid_from=valid.start,
            valid_to=valid.end,
        )
    return body


def _members(data: st.DataObject, group: Body, candidates: list[Body]) -> None:
    for member in data.draw(st.lists(st.sampled_from(candidates), max_size=4, unique=True), label="members"):
        if member == group or load_roster(REGION).reaches(member.pk, group.pk):
            continue
        valid = data.draw(periods(), label="member")
        Membership.objects.create(
            region_id=REGION,
            group=group,
            member=member,
            excluded=data.draw(st.booleans(), label="excluded"),
            valid_from=valid.start,
            valid_to=valid.end,
        )
    kinds = st.lists(st.sampled_from(["", *PLAIN]), max_size=2, unique=True)
    for kind in data.draw(kinds, label="rules"):
        line = "" if kind else "government"
        GroupRule.objects.create(region_id=REGION, group=group, kind=kind, line=line)


def empty_region() -> Region:
    """The district, without what an earlier example left."""
    region, _ = Region.objects.get_or_create(code=REGION, defaults={"name": "云溪区", "level": 3})
    for model in (Membership, GroupRule, BodyAlias):
        model.objects.all().delete()
    Body.objects.update(parent=None)
    Body.objects.all().delete()
    return region
