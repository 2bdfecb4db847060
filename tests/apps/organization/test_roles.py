"""Rights are granted by others, and the three administrators stay apart from each other and from work."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from luoshi.apps.audit.models import Event
from luoshi.apps.organization.models import Administrator, Body, Role
from luoshi.apps.organization.operations import (
    appoint,
    create_body,
    dismiss,
    grant,
    refusals,
    rename_region,
    revoke,
)
from luoshi.apps.organization.rules import administers
from luoshi.core.errors import LuoshiError
from tests.apps.factories import NOW, REGION, region, user_with

KINDS = Administrator.Kind


@pytest.fixture
def chief(db: None) -> User:
    """A security administrator."""
    user = User.objects.create_user("chief")
    appoint(user=user, kind=KINDS.SECURITY, by=None, at=NOW)
    return user


@pytest.fixture
def body(office: User) -> Body:
    return create_body(region=REGION, name="区司法局", by=office, at=NOW)


def test_a_role_is_granted_and_revoked_on_record(chief: User, body: Body) -> None:
    user = user_with("wang", None)
    role = grant(user=user, region=region(), role=Role.Name.LIAISON, body=body, by=chief, at=NOW)
    revoke(role=role, by=chief, at=NOW)
    assert not Role.objects.filter(user=user).exists()
    told = Event.objects.filter(actor=chief).order_by("pk").values_list("type", "detail")
    assert list(told) == [
        ("organization.role.granted", {"user": "wang", "role": "liaison", "body": "区司法局"}),
        ("organization.role.revoked", {"user": "wang", "role": "liaison", "body": "区司法局"}),
    ]


def test_nobody_changes_their_own_rights(chief: User) -> None:
    for act in (
        lambda: grant(user=chief, region=region(), role=Role.Name.OFFICE, by=chief, at=NOW),
        lambda: appoint(user=chief, kind=KINDS.AUDIT, by=chief, at=NOW),
        lambda: dismiss(administrator=chief.administrator, by=chief, at=NOW),  # type: ignore[attr-defined]
    ):
        with pytest.raises(refusals.NotForOneself):
            act()


def test_administrators_hold_no_role(chief: User) -> None:
    with pytest.raises(refusals.AdministratorWithRole):
        grant(user=chief, region=region(), role=Role.Name.VIEWER, by=None, at=NOW)
    with pytest.raises(refusals.AdministratorWithRole):
        appoint(user=user_with("clerk", Role.Name.OFFICE), kind=KINDS.SYSTEM, by=chief, at=NOW)


def test_nobody_is_two_administrators(chief: User) -> None:
    user = User.objects.create_user("other")
    appoint(user=user, kind=KINDS.AUDIT, by=chief, at=NOW)
    with pytest.raises(refusals.AdministratorAlready):
        appoint(user=user, kind=KINDS.SYSTEM, by=chief, at=NOW)


def test_the_last_one_stays(chief: User) -> None:
    other = User.objects.create_user("other")
    appoint(user=other, kind=KINDS.AUDIT, by=chief, at=NOW)
    with pytest.raises(refusals.LastAdministrator):
        dismiss(administrator=Administrator.objects.get(user=other), by=chief, at=NOW)
    # One who cannot sign in does not count.
    third = User.objects.create_user("third", is_active=False)
    appoint(user=third, kind=KINDS.AUDIT, by=chief, at=NOW)
    with pytest.raises(refusals.LastAdministrator):
        dismiss(administrator=Administrator.objects.get(user=other), by=chief, at=NOW)
    User.objects.filter(pk=third.pk).update(is_active=True)
    dismiss(administrator=Administrator.objects.get(user=other), by=chief, at=NOW)
    assert administers(User.objects.get(pk=other.pk)) == ""


def test_the_body_fits_the_role(chief: User, body: Body) -> None:
    user = user_with("wang", None)
    elsewhere = region("990103", "望山区")
    for role, where, whose, refusal in (
        (Role.Name.LIAISON, region(), None, refusals.RoleWithoutBody),
        (Role.Name.OFFICE, region(), body, refusals.RoleWithBody),
        (Role.Name.HEAD, elsewhere, body, refusals.BodyElsewhere),
    ):
        with pytest.raises(refusal):
            grant(user=user, region=where, role=role, body=whose, by=chief, at=NOW)


@pytest.mark.django_db
def test_the_database_keeps_them_apart_by_itself() -> None:
    clerk = user_with("clerk", Role.Name.OFFICE)
    with pytest.raises(DatabaseError, match="holds no role"), transaction.atomic():
        Administrator.objects.create(user=clerk, kind=KINDS.SYSTEM)
    guard = User.objects.create_user("guard")
    Administrator.objects.create(user=guard, kind=KINDS.SYSTEM)
    with pytest.raises(DatabaseError, match="holds no role"), transaction.atomic():
        Role.objects.create(user=guard, region=region(), name=Role.Name.VIEWER)
    with pytest.raises(DatabaseError, match="holds no role"), transaction.atomic():
        Role.objects.filter(user=clerk).update(user=guard)


def test_a_region_gets_a_name(office: User) -> None:
    rename_region(region=region(), name=" 云溪新区 ", by=office, at=NOW)
    assert region().name == "云溪新区"
    with pytest.raises(refusals.RegionNameUnusable):
        rename_region(region=region(), name=" ", by=office, at=NOW)


class AnyOrder(TestCase):
    """Whatever is granted and taken in whatever order, nobody is ever both, nor two of the three."""

    @given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["office", "viewer", *KINDS.values, "-"]))))
    def test_never_both(self, steps: list[tuple[int, str]]) -> None:
        users = [User.objects.create_user(f"user{n}") for n in range(3)]
        for number, what in steps:
            user = users[number]
            try:
                if what == "-":
                    for role in Role.objects.filter(user=user):
                        revoke(role=role, by=None, at=NOW)
                    for post in Administrator.objects.filter(user=user):
                        dismiss(administrator=post, by=None, at=NOW)
                elif what in KINDS.values:
                    appoint(user=user, kind=what, by=None, at=NOW)
                else:
                    grant(user=user, region=region(), role=what, by=None, at=NOW)
            except LuoshiError:
                pass
            for one in users:
                posts = Administrator.objects.filter(user=one).count()
                assert posts <= 1
                assert not (posts and Role.objects.filter(user=one).exists())
