"""How a body works."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from luoshi.apps.audit.operations import record
from luoshi.apps.organization.models import Body
from luoshi.apps.work.models import BodySetting


@transaction.atomic
def set_body(*, body: Body, head_approves: bool, by: User, at: datetime) -> BodySetting:
    """Say whether the head of a body approves each report before it counts as sent."""
    setting, _ = BodySetting.objects.select_for_update().get_or_create(
        body=body, defaults={"region_id": body.region_id}
    )
    if setting.head_approves != head_approves:
        setting.head_approves = head_approves
        setting.save(update_fields=["head_approves"])
        record(
            type="work.setting.changed",
            object=body,
            region=body.region_id,
            by=by,
            at=at,
            head_approves=head_approves,
        )
    return setting
