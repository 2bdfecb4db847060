"""Keeps what somebody has begun to write, as they wrote it, until the step is taken."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from luoshi.apps.organization.models import Body
from luoshi.apps.register.models import Draft, Entry, EntryFile
from luoshi.apps.register.operations.sweeping import tokens_in


@transaction.atomic
def keep_draft(
    *,
    mechanism: str,
    body: Body,
    entry: Entry | None,
    transition: str,
    values: Mapping[str, Any],
    by: User,
    at: datetime,
) -> Draft:
    """Keep what a person has typed for a step; one draft a person, step and entry. Not said yet: no event.

    The files that it names are held until it is kept: nobody sweeps them up meanwhile.
    """
    if tokens := tokens_in(values):
        named = EntryFile.objects.filter(region=body.region_id, mechanism=mechanism, token__in=tokens)
        list(named.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    draft, _ = Draft.objects.update_or_create(
        user=by,
        mechanism=mechanism,
        entry=entry,
        transition=transition,
        defaults={"region_id": body.region_id, "body": body, "values": dict(values), "changed_at": at},
    )
    return draft


@transaction.atomic
def drop_draft(*, mechanism: str, entry: Entry | None, transition: str, by: User) -> None:
    """Forget what a person had typed for a step: it was taken, or they gave it up."""
    Draft.objects.filter(user=by, mechanism=mechanism, entry=entry, transition=transition).delete()
