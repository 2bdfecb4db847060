"""The one way to write into the audit log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db import models, transaction

from luoshi.apps.audit.catalogue import TYPES
from luoshi.apps.audit.models import Event


def record(
    *,
    type: str,
    object: models.Model,
    region: str,
    by: User | AnonymousUser | None,
    at: datetime,
    **detail: Any,
) -> Event:
    """Write down that `by` did something to `object` at `at`.

    Belongs inside the transaction of the operation itself: either both are kept or neither is.

    Args:
        type: a name from `luoshi.apps.audit.catalogue.TYPES`.
        region: code of the region whose log it belongs to.
        by: None when nobody asked for it, for example after a restart.
        detail: whatever tells the change, as JSON values.

    Raises:
        ValueError: the type is not in the catalogue.
        TransactionManagementError: there is no transaction around it.
    """
    if type not in TYPES:
        raise ValueError(f"{type!r} is not in the catalogue of events")
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("record() needs the transaction of its operation")
    return Event.objects.create(
        region=region,
        at=at,
        actor=by if by is not None and by.is_authenticated else None,
        type=type,
        object_type=object._meta.label_lower,
        object_id=str(object.pk),
        detail=detail,
    )
