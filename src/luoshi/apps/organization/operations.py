"""What changes regions, bodies and roles."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.apps.audit.operations import record
from luoshi.apps.organization.models import Body, BodyAlias, Region, Role
from luoshi.core.errors import LuoshiError

LOCAL_OFFICE = "local-office"


class BodyNameTaken(LuoshiError):
    code = "body-name-taken"
    zh = "“{name}”已经是“{body}”的名称或别名；请改用该单位，或换一个名称。"
    en = "“{name}” is already a name of “{body}”; use that body, or another name."


class BodyNameUnusable(LuoshiError):
    code = "body-name-unusable"
    zh = "单位名称应有 1 至 {limit} 个字，这里是 {length} 个；请改正。"
    en = "The name of a body has 1 to {limit} characters, this one has {length}; correct it."


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
def grant(*, user: User, region: Region, role: str, by: User | None, at: datetime) -> Role:
    """Give `user` a role in a region; giving it twice changes nothing."""
    granted, created = Role.objects.get_or_create(region=region, user=user, name=role, body=None)
    if created:
        record(
            type="organization.role.granted",
            object=granted,
            region=region.pk,
            by=by,
            at=at,
            user=user.get_username(),
            role=role,
        )
    return granted


def _refuse_taken(region: str, name: str) -> None:
    if not 1 <= len(name) <= 200:
        raise BodyNameUnusable(limit=200, length=len(name))
    taken = Body.objects.filter(region_id=region, name=name).first()
    if taken is None:
        alias = BodyAlias.objects.filter(region_id=region, name=name).select_related("body").first()
        taken = alias.body if alias else None
    if taken is not None:
        raise BodyNameTaken(name=name, body=taken.name)


@transaction.atomic
def create_body(
    *, region: str, name: str, line: str = Body.Line.OTHER, collective: bool = False, by: User, at: datetime
) -> Body:
    """A new body in the registry.

    Raises:
        BodyNameTaken: another body already goes by that name.
        BodyNameUnusable: the name is empty or too long.
    """
    name = name.strip()
    _refuse_taken(region, name)
    body = Body.objects.create(region_id=region, name=name, line=line, is_collective=collective)
    record(type="organization.body.created", object=body, region=region, by=by, at=at, name=name, line=line)
    return body


@transaction.atomic
def add_alias(*, body: Body, name: str, by: User, at: datetime) -> BodyAlias:
    """Another name for `body`.

    Raises:
        BodyNameTaken: a body already goes by that name.
        BodyNameUnusable: the name is empty or too long.
    """
    name = name.strip()
    _refuse_taken(body.region_id, name)
    alias = BodyAlias.objects.create(region_id=body.region_id, body=body, name=name)
    record(
        type="organization.alias.created",
        object=alias,
        region=body.region_id,
        by=by,
        at=at,
        name=name,
        body=body.name,
    )
    return alias
