"""Within a region a name means one body."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from luoshi.apps.audit.models import Event
from luoshi.apps.organization.models import Body, Region, Role
from luoshi.apps.organization.operations import (
    BodyNameTaken,
    BodyNameUnusable,
    add_alias,
    create_body,
    ensure_region,
    grant,
    local_office_user,
)
from tests.apps.factories import NOW, REGION, region


def test_a_name_is_given_once(office: User) -> None:
    body = create_body(region=REGION, name=" 区司法局 ", by=office, at=NOW)
    assert body.name == "区司法局"
    add_alias(body=body, name="司法局", by=office, at=NOW)
    for taken in ("区司法局", "司法局"):
        with pytest.raises(BodyNameTaken):
            create_body(region=REGION, name=taken, by=office, at=NOW)
        with pytest.raises(BodyNameTaken):
            add_alias(body=body, name=taken, by=office, at=NOW)
    assert Event.objects.filter(type__startswith="organization.body").count() == 1


@pytest.mark.parametrize("name", ["", "   ", "局" * 201])
def test_unusable_names_are_refused(office: User, name: str) -> None:
    with pytest.raises(BodyNameUnusable):
        create_body(region=REGION, name=name, by=office, at=NOW)


def test_the_same_name_lives_in_another_region(office: User) -> None:
    region("990103")
    create_body(region=REGION, name="区司法局", by=office, at=NOW)
    create_body(region="990103", name="区司法局", by=office, at=NOW)
    assert Body.objects.count() == 2


def test_roles_are_granted_once(office: User) -> None:
    before = Event.objects.count()
    grant(user=office, region=region(), role=Role.Name.OFFICE, by=None, at=NOW)
    assert Role.objects.filter(user=office).count() == 1
    assert Event.objects.count() == before
    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.create(user=office, region=region(), name=Role.Name.OFFICE)


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("000000", 0),
        ("150000", 1),
        ("150600", 2),
        ("150602", 3),
        ("150602001", 4),
        ("150602001000", 4),
        ("150602001201", 5),
    ],
)
@pytest.mark.django_db
def test_the_level_follows_from_the_code(settings: object, code: str, level: int) -> None:
    settings.LUOSHI_REGION = code  # type: ignore[attr-defined]
    local_office_user(at=NOW)
    assert Region.objects.get(code=code).level == level


@pytest.mark.django_db
def test_the_local_user_is_made_once_and_has_no_password() -> None:
    first, second = local_office_user(at=NOW), local_office_user(at=NOW)
    assert first == second
    assert not first.has_usable_password()


@pytest.mark.parametrize("code", ["", "15060", "15060a", "1506021"])
@pytest.mark.django_db
def test_codes_are_digits_of_the_standard(code: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ensure_region(code=code, name="某地", level=3, by=None, at=NOW)
