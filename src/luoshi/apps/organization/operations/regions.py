"""What changes regions, and the person at this machine."""

from __future__ import annotations

import re
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.apps.audit.operations import record
from luoshi.apps.organization.models import Region, Role
from luoshi.apps.organization.operations import refusals
from luoshi.apps.organization.operations.roles import grant
from luoshi.apps.organization.queries.tree import regions_above

LOCAL_OFFICE = "local-office"
LONGEST_REGION = 100
# A code of GB/T 2260 or GB/T 10114: two, three or four of its steps. Samples: 990102, 990102001, 990102001201
CODE = re.compile(r"[0-9]{6}(?:[0-9]{3}){0,2}", re.ASCII)


@transaction.atomic
def ensure_region(*, code: str, name: str, level: int, by: User | None, at: datetime) -> Region:
    """The region `code`, created if it is not there yet."""
    region, created = Region.objects.get_or_create(code=code, defaults={"name": name, "level": level})
    if created:
        record(type="organization.region.created", object=region, region=code, by=by, at=at, name=name)
    return region


@transaction.atomic
def create_region(*, code: str, name: str, parent: str, by: User, at: datetime) -> Region:
    """A new region, of the level that its code says.

    Args:
        parent: code of the region above; empty for none.

    Raises:
        RegionCodeUnusable: no code of a region has these characters.
        RegionCodeTaken: there is a region with the code.
        RegionNameUnusable: the name is empty or too long.
        RegionUnknown: no region has the code of the region above.
        RegionNotAbove: the region above is of no higher level.
    """
    code, name = code.strip(), _usable(name)
    if not CODE.fullmatch(code):
        raise refusals.RegionCodeUnusable(code=code)
    made, created = Region.objects.get_or_create(code=code, defaults={"name": name, "level": _level_of(code)})
    if not created:
        raise refusals.RegionCodeTaken(code=code, region=made.name)
    record(type="organization.region.created", object=made, region=code, by=by, at=at, name=name)
    return place_region(region=made, parent=_above(parent), by=by, at=at)


def _above(code: str) -> Region | None:
    """The region of a code; None when it is empty."""
    above = Region.objects.filter(pk=code.strip()).first() if code.strip() else None
    if code.strip() and above is None:
        raise refusals.RegionUnknown(code=code.strip())
    return above


def _usable(name: str) -> str:
    """The name of a region without blanks around it."""
    name = name.strip()
    if not 1 <= len(name) <= LONGEST_REGION:
        raise refusals.RegionNameUnusable(limit=LONGEST_REGION, length=len(name))
    return name


@transaction.atomic
def rename_region(*, region: Region, name: str, by: User, at: datetime) -> Region:
    """Give a region the name by which people know it.

    Raises:
        RegionNameUnusable: empty or too long.
    """
    name = _usable(name)
    kept = Region.objects.select_for_update().get(pk=region.pk)
    if kept.name != name:
        before, kept.name = kept.name, name
        kept.save(update_fields=["name"])
        record(
            type="organization.region.renamed",
            object=kept,
            region=kept.pk,
            by=by,
            at=at,
            before=before,
            after=name,
        )
    return kept


@transaction.atomic
def place_region(*, region: Region, parent: Region | None, by: User | None, at: datetime) -> Region:
    """Put a region beneath another one, or beneath none.

    Raises:
        RegionInACircle: it is that region, or lies above it.
        RegionNotAbove: the parent is of no higher level.
    """
    # Every region, in one order: two moves at a time could make a circle that neither of them sees.
    kept = {one.pk: one for one in Region.objects.select_for_update().order_by("pk")}[region.pk]
    if parent is not None and (parent.pk == kept.pk or kept.pk in regions_above(parent.pk)):
        raise refusals.RegionInACircle(region=kept.name, parent=parent.name)
    if parent is not None and parent.level >= kept.level:
        raise refusals.RegionNotAbove(region=kept.name, parent=parent.name)
    if kept.parent_id != (parent.pk if parent else None):
        before, kept.parent = kept.parent_id, parent
        kept.save(update_fields=["parent"])
        record(
            type="organization.region.placed",
            object=kept,
            region=kept.pk,
            by=by,
            at=at,
            before=before,
            after=parent.pk if parent else None,
        )
    return kept


@transaction.atomic
def change_region(*, region: Region, name: str, parent: str, by: User, at: datetime) -> Region:
    """Give a region its name and its place in the tree.

    Args:
        parent: code of the region above; empty for none.

    Raises:
        RegionNameUnusable: the name is empty or too long.
        RegionUnknown: no region has the code.
        RegionInACircle: it is that region, or lies above it.
        RegionNotAbove: that region is of no higher level.
    """
    above = _above(parent)
    rename_region(region=region, name=name, by=by, at=at)
    return place_region(region=region, parent=above, by=by, at=at)


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
    # Nobody grants a role to themselves; this one comes from whoever started the program.
    grant(user=user, region=region, role=Role.Name.OFFICE, by=None, at=at)
    return user


def _level_of(code: str) -> int:
    """The level that the digits of a GB/T 2260 code say."""
    pairs = (code[:2], code[2:4], code[4:6])
    if len(code) > 6:
        return Region.Level.TOWNSHIP if code.endswith("000") or len(code) == 9 else Region.Level.VILLAGE
    return sum(1 for pair in pairs if pair != "00")
