"""Webhooks: made with a secret that is shown once, and ended."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.crypto import salted_hmac

from luoshi.apps.api import refusals
from luoshi.apps.api.models import Delivery, Webhook
from luoshi.apps.api.sending import refuse_unsafe
from luoshi.apps.audit.operations import record
from luoshi.core.errors import Phrase

# The events that can be subscribed to: how they are called outside, and in the audit log.
EVENTS = {
    "plan.issued": "work.plan.issued",
    "report.submitted": "work.report.submitted",
    "report.accepted": "work.report.accepted",
    "report.returned": "work.report.returned",
    "extension.asked": "work.extension.asked",
    "extension.granted": "work.extension.granted",
    "extension.refused": "work.extension.refused",
    "order.issued": "supervision.order.issued",
    "order.signed": "supervision.order.signed",
    "order.closed": "supervision.order.closed",
    "reply.given": "supervision.reply.given",
}
WORDS = {
    "plan.issued": Phrase("交办方案", "plan issued"),
    "report.submitted": Phrase("提交报送", "report submitted"),
    "report.accepted": Phrase("采纳报送", "report accepted"),
    "report.returned": Phrase("退回报送", "report returned"),
    "extension.asked": Phrase("申请延期", "extension asked for"),
    "extension.granted": Phrase("批准延期", "extension granted"),
    "extension.refused": Phrase("不同意延期", "extension refused"),
    "order.issued": Phrase("发出督办件", "order issued"),
    "order.signed": Phrase("签收督办件", "order signed for"),
    "order.closed": Phrase("督办件办结", "order closed"),
    "reply.given": Phrase("督办反馈", "order answered"),
}


@transaction.atomic
def make_webhook(
    *, region: str, url: str, events: Iterable[str], by: User, at: datetime
) -> tuple[Webhook, str]:
    """Tell `url` of events from now on.

    Returns:
        The webhook, and the secret that signs, which is shown once.

    Raises:
        WebhookUnsafe: nothing is sent there.
        WebhookWithoutEvents: nothing was chosen.
    """
    chosen = [name for name in EVENTS if name in set(events)]
    if not chosen:
        raise refusals.WebhookWithoutEvents()
    refuse_unsafe(url)
    made = Webhook.objects.create(
        region_id=region, url=url, events=chosen, salt=secrets.token_hex(32), made_by=by, made_at=at
    )
    record(type="api.webhook.made", object=made, region=region, by=by, at=at, url=url, events=chosen)
    return made, secret_of(made)


@transaction.atomic
def end_webhook(*, webhook: Webhook, by: User, at: datetime) -> None:
    """Send nothing there any more; what waits is given up. Ending it again changes nothing."""
    found = Webhook.objects.select_for_update().get(pk=webhook.pk)
    if found.ended_at is not None:
        return
    found.ended_at = at
    found.save(update_fields=["ended_at"])
    waiting = Delivery.objects.filter(webhook=found, state=Delivery.State.WAITING)
    waiting.update(state=Delivery.State.FAILED)
    record(type="api.webhook.ended", object=found, region=found.region_id, by=by, at=at, url=found.url)


def secret_of(webhook: Webhook) -> str:
    """The secret that signs what is sent to a webhook. It stands in no database."""
    return "whsec_" + salted_hmac("luoshi.api.webhook", webhook.salt, algorithm="sha256").hexdigest()
