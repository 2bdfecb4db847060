"""Roles are granted and taken away; the three administrators are kept apart from each other and from work."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from luoshi.apps.audit.operations import record
from luoshi.apps.organization.models import Administrator, Body, Region, Role
from luoshi.apps.organization.operations import refusals

# What concerns no region in particular belongs to the log of the whole installation.
EVERYWHERE = ""


@transaction.atomic
def grant(
    *, user: User, region: Region, role: str, body: Body | None = None, by: User | None, at: datetime
) -> Role:
    """Give `user` a role in a region, or for a body of it; giving it twice changes nothing.

    Args:
        by: None when the installation itself does it.

    Raises:
        NotForOneself: `by` is `user`.
        AdministratorWithRole: `user` is one of the three administrators.
        RoleWithoutBody, RoleWithBody, BodyElsewhere: the body does not fit the role or the region.
    """
    _lock(user)
    _refuse_oneself(user, by)
    if Administrator.objects.filter(user=user).exists():
        raise refusals.AdministratorWithRole(user=user.get_username())
    _refuse_unfit(region, role, body)
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
            **_of_body(body),
        )
    return granted


@transaction.atomic
def revoke(*, role: Role, by: User | None, at: datetime) -> None:
    """Take a role away.

    Raises:
        NotForOneself: it is the role of `by`.
    """
    _lock(role.user)
    _refuse_oneself(role.user, by)
    if not Role.objects.filter(pk=role.pk).exists():
        return
    record(
        type="organization.role.revoked",
        object=role,
        region=role.region_id,
        by=by,
        at=at,
        user=role.user.get_username(),
        role=role.name,
        **_of_body(role.body),
    )
    role.delete()


@transaction.atomic
def appoint(*, user: User, kind: str, by: User | None, at: datetime) -> Administrator:
    """Make `user` one of the three administrators.

    Raises:
        NotForOneself: `by` is `user`.
        AdministratorAlready: `user` is another one of them.
        AdministratorWithRole: `user` holds a role.
    """
    _lock(user)
    _refuse_oneself(user, by)
    there = Administrator.objects.filter(user=user).first()
    if there is not None and there.kind == kind:
        return there
    if there is not None:
        raise refusals.AdministratorAlready(user=user.get_username())
    if Role.objects.filter(user=user).exists():
        raise refusals.AdministratorWithRole(user=user.get_username())
    made = Administrator.objects.create(user=user, kind=kind)
    record(
        type="organization.administrator.appointed",
        object=made,
        region=EVERYWHERE,
        by=by,
        at=at,
        user=user.get_username(),
        kind=kind,
    )
    return made


@transaction.atomic
def dismiss(*, administrator: Administrator, by: User | None, at: datetime) -> None:
    """Let an administrator be none any more.

    Raises:
        NotForOneself: it is `by`.
        LastAdministrator: nobody else who can sign in is of that kind.
    """
    _lock(administrator.user)
    _refuse_oneself(administrator.user, by)
    if not Administrator.objects.filter(pk=administrator.pk).exists():
        return
    refuse_last(administrator)
    record(
        type="organization.administrator.dismissed",
        object=administrator,
        region=EVERYWHERE,
        by=by,
        at=at,
        user=administrator.user.get_username(),
        kind=administrator.kind,
    )
    administrator.delete()


def refuse_last(administrator: Administrator) -> None:
    """Refuse to go on when nobody else could do the work of `administrator`.

    Raises:
        LastAdministrator: nobody else could.
    """
    # Locked, so that of two administrators who dismiss each other only one is dismissed.
    others = Administrator.objects.select_for_update().filter(kind=administrator.kind, user__is_active=True)
    if not any(other.pk != administrator.pk for other in others):
        raise refusals.LastAdministrator(user=administrator.user.get_username())


def _lock(user: User) -> None:
    """Let nobody else change what `user` may do until this transaction ends."""
    User.objects.select_for_update().get(pk=user.pk)


def _of_body(body: Body | None) -> dict[str, Any]:
    """What the log is told of the body, if there is one."""
    return {"body": body.name} if body else {}


def _refuse_oneself(user: User, by: User | None) -> None:
    if by is not None and by.pk == user.pk:
        raise refusals.NotForOneself(user=user.get_username())


def _refuse_unfit(region: Region, role: str, body: Body | None) -> None:
    if role in Role.OF_A_BODY and body is None:
        raise refusals.RoleWithoutBody(role=str(Role.Name(role).label))
    if role in Role.OF_A_REGION and body is not None:
        raise refusals.RoleWithBody(role=str(Role.Name(role).label))
    if body is not None and body.region_id != region.pk:
        raise refusals.BodyElsewhere(body=body.name, region=region.name)
