"""An entry that somebody filed, for each place, with what is wanted of it, and a sheet of what is to go."""

from __future__ import annotations

from django.contrib.auth.models import User

from luoshi.apps.organization.models import Body
from luoshi.apps.register.models import Correction, Destruction, Entry
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
    sheet = Destruction.objects.create(
        region_id=keeper.region_id, mechanism="legal-aid", opinion="保存期限已满", drawn_by=by, drawn_at=NOW
    )
    return {"application": begun.pk, "correction": asked.pk, "destruction": sheet.pk}
