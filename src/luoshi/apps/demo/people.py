"""People of the demo, plainly made up: one liaison and one head a body, the office, and the other roles.

Accounts whose name begins with `demo-` are offered on the log-in page of the demo; nobody of them has a
password.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User

from luoshi.apps.organization.models import Administrator, Body, Region, Role
from luoshi.apps.organization.operations import appoint, grant

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"
GIVEN = ["晓雯", "子墨", "一鸣", "雨桐", "思远", "嘉禾", "若溪", "景行", "知秋", "乐山"]

# Bodies whose liaison and head are offered on the log-in page, and under which name.
OFFERED = {"区司法局": "justice", "区民政局": "civil-affairs", "区法院": "court", "柳河镇": "town"}


@dataclass(frozen=True, slots=True)
class People:
    """Who does what in the demo; liaisons and heads by the name of their body."""

    office: User
    deputy: User
    liaisons: Mapping[str, User]
    heads: Mapping[str, User]


def make_people(bodies: Mapping[str, Body], region: Region, *, at: datetime) -> People:
    """The people of a district with their roles."""
    office = first_clerk()
    deputy = _person("demo-office-2", "演示 韩知秋")
    for user in (office, deputy):
        grant(user=user, region=region, role=Role.Name.OFFICE, by=None, at=at)
    for role, account, name in (
        (Role.Name.VIEWER, "demo-viewer", "演示 许一鸣"),
        (Role.Name.REVIEWER, "demo-reviewer", "演示 何乐山"),
    ):
        grant(user=_person(account, name), region=region, role=role, by=office, at=at)
    for kind, account, name in (
        (Administrator.Kind.SYSTEM, "demo-system", "演示 吕思远"),
        (Administrator.Kind.SECURITY, "demo-security", "演示 施若溪"),
        (Administrator.Kind.AUDIT, "demo-audit", "演示 曹嘉禾"),
    ):
        appoint(user=_person(account, name), kind=kind, by=None, at=at)
    people = People(office, deputy, {}, {})
    return join(people, [body for body in bodies.values() if not body.has_members], region, at=at)


def join(people: People, workers: Sequence[Body], region: Region, *, at: datetime) -> People:
    """The people with a liaison and a head of more bodies."""
    liaisons, heads = dict(people.liaisons), dict(people.heads)
    for number, body in enumerate(workers, start=len(liaisons)):
        for step, (role, found) in enumerate(((Role.Name.LIAISON, liaisons), (Role.Name.HEAD, heads))):
            account = f"demo-{role}-{OFFERED[body.name]}" if body.name in OFFERED else f"{role}-{body.pk}"
            found[body.name] = user = _person(account, f"演示 {_name(2 * number + step)}")
            grant(user=user, region=region, role=role, body=body, by=people.office, at=at)
    return People(people.office, people.deputy, liaisons, heads)


def look_on(city: Region, *, at: datetime) -> None:
    """Somebody who looks at the district from the city above."""
    grant(user=_person("demo-city", "演示 尤雨桐"), region=city, role=Role.Name.VIEWER, by=None, at=at)


def first_clerk() -> User:
    """The person of the office in whose name everything begins."""
    return _person("demo-office", "演示 陈景行")


def _person(account: str, name: str) -> User:
    user, created = User.objects.get_or_create(username=account, defaults={"first_name": name})
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


def _name(number: int) -> str:
    return SURNAMES[number % len(SURNAMES)] + GIVEN[number % len(GIVEN)]
