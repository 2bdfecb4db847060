"""The outbox: digests are made once a person and day, and handed to the mail one by one.

A digest is made in one transaction with its event. A letter is claimed, handed over, and marked as sent; who
dies in between leaves a claim that is taken up again later, with the same Message-ID: mail programs show a
letter that arrives twice once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from luoshi.apps.accounts.queries.language import language_of
from luoshi.apps.audit.operations import record
from luoshi.apps.organization.queries.calendar import calendar_of
from luoshi.apps.organization.rules import regions_of
from luoshi.apps.reminders.models import Digest, Setting
from luoshi.apps.reminders.queries.digest import people, told
from luoshi.core.calendar.working_days import WorkCalendar
from luoshi.core.work.lights import Light

BATCH = 50
CLAIM = timedelta(minutes=15)
"""After this long whoever claimed a letter is taken for dead."""
MOST_TRIES = 5


def make_digests(*, at: datetime) -> int:
    """Make the digests of everybody whose hour has come and who has none today; twice changes nothing.

    Returns:
        How many were made that say something.
    """
    local = localtime(at)
    today, made = local.date(), 0
    known = dict.fromkeys(Digest.objects.filter(day=today).values_list("user", flat=True))
    calendars: dict[str, WorkCalendar] = {}
    waiting = list(people().exclude(pk__in=list(known)).values_list("pk", flat=True))
    # No query may still be open when a batch is kept: SQLite lets nobody write who reads an older state.
    for place in range(0, len(waiting), BATCH):
        batch = []
        some = people().filter(pk__in=waiting[place : place + BATCH])
        for user in some.select_related("reminder_setting", "account"):
            for region in regions_of(user):
                calendars.setdefault(region, calendar_of(region))
            own = tuple(calendars[region] for region in regions_of(user))
            setting = setting_of(user)
            if setting.hours.allow(local, own):
                batch.append(_digest(user, setting, today, at))
        made += _keep(batch, today, at)
    return made


def send_digests(*, at: datetime) -> int:
    """Hand every waiting letter to the mail, those of the dead included.

    Returns:
        How many were handed over.
    """
    Digest.objects.filter(state=Digest.State.SENDING, claimed_at__lt=at - CLAIM).update(
        state=Digest.State.WAITING
    )
    waiting = Digest.objects.filter(state=Digest.State.WAITING, day__gte=localtime(at).date())
    sent = 0
    for key in list(waiting.order_by("pk").values_list("pk", flat=True)):
        # Whoever changes the row is the one who sends it.
        mine = Digest.objects.filter(pk=key, state=Digest.State.WAITING)
        if mine.update(state=Digest.State.SENDING, claimed_at=at):
            rows = Digest.objects.select_related("user__reminder_setting", "user__account")
            sent += _send(rows.get(pk=key), at)
    return sent


def setting_of(user: User) -> Setting:
    """What a person wants; the defaults when nothing was said."""
    kept: Setting | None = getattr(user, "reminder_setting", None)
    return kept if kept is not None else Setting(user=user)


def letter(digest: Digest) -> EmailMessage:
    """A digest as a letter, in the language of the person."""
    with override(language_of(digest.user)):
        subject = ngettext("落实提醒：%(n)d 件待办", "落实提醒：%(n)d 件待办", digest.count) % {
            "n": digest.count
        }
        parts = [_paragraph(line) for line in digest.lines]
        if digest.count > len(digest.lines):
            parts.append(_("其余请看“我的待办”：%(address)s") % {"address": _there("work:desk")})
        parts.append(
            _("每个工作日最多一封。不想收邮件，请到这里设置：%(address)s")
            % {"address": _there("reminders:settings")}
        )
    return EmailMessage(
        subject,
        "\n\n".join(parts),
        settings.DEFAULT_FROM_EMAIL,
        [digest.address],
        headers={"Message-ID": digest.message_id, "Auto-Submitted": "auto-generated"},
    )


def _there(name: str) -> str:
    return f"{settings.LUOSHI_SITE}{reverse(name)}"


def _paragraph(line: dict[str, Any]) -> str:
    head = _("【%(kind)s】%(title)s") % {"kind": line["kind"], "title": line["title"]}
    if line["count"] != 1:
        head += _("（%(n)s 项）") % {"n": line["count"]}
    rows = [head]
    if line["day"]:
        # Lines that were kept before they said how urgent they are say nothing of it.
        late = line.get("light") == Light.RED.value
        rows.append((_("日期：%(day)s，已逾期") if late else _("日期：%(day)s")) % {"day": line["day"]})
    if line["right"]:
        rows.append(
            _("谁要求、凭什么：%(asker)s，%(right)s") % {"asker": line["asker"], "right": line["right"]}
        )
    elif line["asker"]:
        rows.append(line["asker"])
    rows.append(f"{settings.LUOSHI_SITE}{line['address']}")
    return "\n".join(rows)


def _digest(user: User, setting: Setting, today: date, at: datetime) -> Digest:
    with override(language_of(user)):
        lines, count = told(user, today)
    address = setting.address or user.email
    state = Digest.State.WAITING if setting.mail and address else Digest.State.SHOWN
    return Digest(
        user=user,
        day=today,
        lines=lines,
        count=count,
        state=state if lines else Digest.State.NOTHING,
        address=address if lines and setting.mail else "",
        made_at=at,
    )


@transaction.atomic
def _keep(batch: Iterable[Digest], today: date, at: datetime) -> int:
    """Keep digests, leaving out those that another clock has kept meanwhile."""
    rows = list(batch)
    if not rows:
        return 0
    Digest.objects.bulk_create(rows, ignore_conflicts=True)
    speaking = sum(bool(row.count) for row in rows)
    people = len(rows)
    record(
        type="reminders.digests.made",
        object=Digest(),
        region="",
        by=None,
        at=at,
        day=today.isoformat(),
        people=people,
        speaking=speaking,
    )
    return speaking


def _send(digest: Digest, at: datetime) -> int:
    local = localtime(at)
    if setting_of(digest.user).hours.quiet_at(local.hour):
        Digest.objects.filter(pk=digest.pk).update(state=Digest.State.WAITING)
        return 0
    try:
        letter(digest).send()
    except OSError:
        # The mail is down, or does not want it: again with the next stroke, some times.
        tries = digest.tries + 1
        state = Digest.State.FAILED if tries >= MOST_TRIES else Digest.State.WAITING
        Digest.objects.filter(pk=digest.pk).update(state=state, tries=tries)
        return 0
    Digest.objects.filter(pk=digest.pk).update(state=Digest.State.SENT, sent_at=at, tries=digest.tries + 1)
    return 1
