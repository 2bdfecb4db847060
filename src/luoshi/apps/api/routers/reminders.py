"""One's own reminders: digests, when and how one is reminded, the address of one's calendar."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from ninja import Schema, Status
from pydantic import Field, field_validator

from luoshi.apps.api.area import Area, Asked, Key, Paged, Sent, caller, paged, shown_once
from luoshi.apps.reminders.models import Digest
from luoshi.apps.reminders.operations.digesting import setting_of
from luoshi.apps.reminders.operations.reading import mark_read
from luoshi.apps.reminders.operations.setting import change_setting, make_feed, revoke_feed
from luoshi.core.supervision.quiet import Hours

area = Area("reminders")
Hour = Annotated[int, Field(ge=0, le=23)]
# What a person changes of themselves; a token that only reads changes nothing.
CHANGES = ("report", "office")


class DigestOut(Schema):
    """Everything that waited for oneself on a day; `count` counts also what `lines` leaves out."""

    id: int
    day: date
    count: int
    state: str
    made_at: datetime
    sent_at: datetime | None
    read_at: datetime | None
    lines: list[dict[str, Any]]


class ReminderSettingOut(Schema):
    """When and how one is reminded, and since when the calendar has an address."""

    mail: bool
    address: str
    hour: int
    quiet_from: int
    quiet_to: int
    feed_at: datetime | None


class ReminderSettingIn(Sent):
    """When and how one wants to be reminded; no quiet hours where both are the same."""

    mail: bool = True
    address: Annotated[str, Field(max_length=254)] = ""
    hour: Hour = 8
    quiet_from: Hour = 20
    quiet_to: Hour = 8

    @field_validator("address")
    @classmethod
    def an_address(cls, given: str) -> str:
        """An address of a mailbox, or none."""
        if given:
            try:
                validate_email(given)
            except ValidationError:
                raise ValueError("is no address of a mailbox") from None
        return given


class FeedOut(Schema):
    """The address of the calendar, which is shown once; null when the answer is given again."""

    address: str | None


@area.read("/reminders", "work.view", Paged[DigestOut])
def index(request: HttpRequest, asked: Asked) -> Any:
    """One's digests, the newest first."""
    rows = Digest.objects.filter(user=caller(request)).exclude(state=Digest.State.NOTHING)
    return paged(rows.order_by("-day"), asked)


@area.read("/reminders/setting", "work.view", ReminderSettingOut)
def setting(request: HttpRequest) -> Any:
    """When and how one is reminded."""
    return setting_of(caller(request))


@area.do("/reminders/setting", "work.view", ReminderSettingOut, *CHANGES, method="PUT")
def change(request: HttpRequest, sent: ReminderSettingIn) -> Any:
    """Set when and how one is reminded."""
    user = caller(request)
    hours = Hours(sent.hour, sent.quiet_from, sent.quiet_to)
    given: dict[str, Any] = {"mail": sent.mail, "address": sent.address, "hours": hours}
    return change_setting(user=user, by=user, at=timezone.now(), **given)


@area.do("/reminders/calendar", "work.view", {201: FeedOut}, *CHANGES)
def renew(request: HttpRequest) -> Any:
    """Give one's calendar a new address; the former one ends."""
    user = caller(request)
    shown_once(request, "address")
    secret = make_feed(user=user, by=user, at=timezone.now())
    return Status(201, {"address": request.build_absolute_uri(reverse("reminders:feed", args=[secret]))})


@area.do("/reminders/calendar", "work.view", {204: None}, *CHANGES, method="DELETE")
def revoke(request: HttpRequest) -> Any:
    """Let the address of one's calendar lead nowhere."""
    user = caller(request)
    revoke_feed(user=user, by=user, at=timezone.now())
    return Status(204, None)


@area.read("/reminders/{digest}", "work.view", DigestOut)
def one(request: HttpRequest, digest: Key) -> Any:
    """A digest of one's own."""
    return get_object_or_404(Digest, pk=digest, user=caller(request))


@area.do("/reminders/{digest}/read", "work.view", DigestOut, *CHANGES)
def read(request: HttpRequest, digest: Key) -> Any:
    """Say that a digest was read."""
    found = get_object_or_404(Digest, pk=digest, user=caller(request))
    mark_read(digest=found, at=timezone.now())
    found.refresh_from_db()
    return found
