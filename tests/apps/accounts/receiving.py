"""An entry that somebody filed, for each place, with what somebody wants put right in it."""

from __future__ import annotations

from django.contrib.auth.models import User

from luoshi.apps.organization.models import Body
from luoshi.apps.register.models import Correction, Entry
from luoshi.apps.register.operations.taking import begin
from luoshi.core.register.procedure import Actor
from tests.apps.factories import NOW
from tests.apps.register.factories import APPLICATION


def received_entry(keeper: Body, holder: Body, by: User) -> dict[str, object]:
    """What an address names, by the name of its part.

    Args:
        keeper: a body of the region that keeps such entries, with which it begins.
        holder: whose it is then.
    """
    begun = begin(
        mechanism="legal-aid",
        body=keeper,
        transition="apply",
        given=APPLICATION,
        actor=Actor.HANDLER,
        by=by,
        at=NOW,
    )
    Entry.objects.filter(pk=begun.pk).update(body=holder, holder=holder)
    asked = Correction.objects.create(entry=begun, words="电话应为另一个号码", at=NOW)
    return {"application": begun.pk, "correction": asked.pk}
