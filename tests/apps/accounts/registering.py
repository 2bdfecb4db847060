"""An entry of a register for each place, with a file, for the addresses that name one."""

from __future__ import annotations

from django.contrib.auth.models import User

from luoshi.apps.organization.models import Body
from luoshi.apps.register.operations.keeping_files import keep_file
from luoshi.apps.register.operations.taking import begin
from luoshi.core.register.procedure import Actor
from tests.apps.factories import NOW

MECHANISM = "culture-venues"


def registered_entry(body: Body, by: User) -> dict[str, object]:
    """What an address names, by the name of its part."""
    photo = keep_file(
        region=body.region_id,
        mechanism=MECHANISM,
        field="photos",
        name="a.pdf",
        content=b"%PDF-1.7 a",
        by=by,
        at=NOW,
    )
    entry = begin(
        mechanism=MECHANISM,
        body=body,
        transition="register",
        given={
            "name": "法治文化长廊",
            "kind": "gallery",
            "for-body": str(body.pk),
            "address": "云溪路一号",
            "built-on": "2026-01-01",
            "photos": [photo.token],
        },
        actor=Actor.OFFICE,
        by=by,
        at=NOW,
    )
    return {"mechanism": MECHANISM, "entry": entry.pk, "entry file": photo.pk}
