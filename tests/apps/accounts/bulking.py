"""A sheet that somebody sent and a step that they took of many, for the addresses that name one."""

from __future__ import annotations

from django.contrib.auth.models import User

from luoshi.apps.bulk.models import Action, Deed, Row, State, Upload
from luoshi.apps.organization.models import Body
from tests.apps.accounts.registering import MECHANISM
from tests.apps.factories import NOW


def bulk_work(body: Body, by: User, entry: object) -> dict[str, object]:
    """What an address names, by the name of its part."""
    common = {"region_id": body.region_id, "mechanism": MECHANISM, "by": by, "at": NOW, "total": 1}
    upload = Upload.objects.create(
        **common,
        transition="register",
        version=1,
        body=body,
        name="阵地.xlsx",
        size=1,
        state=State.CHECKED,
        bad=1,
    )
    fault = {"sheet": "阵地", "row": 3, "column": "B", "zh": "请填写。", "en": "Fill in."}
    Row.objects.create(upload=upload, number=3, good=False, texts={"name": "长廊"}, faults=[fault])
    action = Action.objects.create(**common, transition="inspect", state=State.DONE)
    Deed.objects.create(action=action, entry_id=entry, seen=1, outcome=Deed.Outcome.DONE)
    return {"bulk upload": upload.pk, "bulk action": action.pk}
