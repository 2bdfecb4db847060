"""What changes regions and roles."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.apps.audit.operations import record
from luoshi.apps.organization.models import Body, Region, Role

LOCAL_OFFICE = "local-office"


@transaction.atomic
def ensure_region(*, code: str, name: str, level: int, by: User | None, at: datetime) -> Region:
    """The region `code`, created if it is not there yet."""
    region, created = Region.objects.get_or_create(code=code, defaults={"name": name, "level": level})
    if created:
        record(type="organization.region.created", object=region, region=code, by=by, at=at, name=name)
    return region


def local_office_user(*, at: datetime) -> User:
    """The person at this machine: an office user without a password, made on first use."""
    user = User.objects.filter(username=LOCAL_OFFICE, is_active=True).first()
    if user is not None and Role.objects.filter(user=user, name=Role.Name.OFFICE).exists():
        return user
    return _make_local_office_user(at=at)


@transaction.atomic
def _make_local_office_user(*, at: datetime) -> User:
    user, created = User.objects.get_or_create(username=LOCAL_OFFICE, defaults={"first_name": _("本机用户")})
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    code = settings.LUOSHI_REGION
    region = ensure_region(code=code, name=settings.LUOSHI_REGION_NAME, level=_level_of(code), by=user, at=at)
    grant(user=user, region=region, role=Role.Name.OFFICE, by=user, at=at)
    return user


def _level_of(code: str) -> int:
    """The level that the digits of a GB/T 2260 code say."""
    pairs = (code[:2], code[2:4], code[4:6])
    if len(code) > 6:
        return Region.Level.TOWNSHIP if code.endswith("000") or len(code) == 9 else Region.Level.VILLAGE
    return sum(1 for pair in pairs if pair != "00")


@transaction.atomic
def grant(
    *, user: User, region: Region, role: str, body: Body | None = None, by: User | None, at: datetime
) -> Role:
    """Give `user` a role in a region, or for a body of it; giving it twice changes nothing."""
    granted, created = Role.objects.get_or_create(region=region, user=user, name=role, body=body)
    if created:
        record(
            type="organization.role.granted",
            object=granted,
            region=region.pk,
            by=by,
            at=at,
            user=user.get_username(),
            role=role,
            **({"body": body.name} if body else {}),
        )
    return granted
