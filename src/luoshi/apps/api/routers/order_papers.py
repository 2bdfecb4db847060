"""What happened to a supervision order, what stands on its paper, and what its number begins with."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, get_args

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Schema
from pydantic import Field

from luoshi.apps.api.area import Asked, Key, Paged, Sent, Where, caller, paged
from luoshi.apps.api.routers.orders import area
from luoshi.apps.organization.models import Role
from luoshi.apps.organization.rules import bodies_with, is_office
from luoshi.apps.supervision.models import OrderBody, Series
from luoshi.apps.supervision.operations.stepping import set_prefix
from luoshi.apps.supervision.queries.orders import Happened, timeline
from luoshi.apps.supervision.rules import looks_at_all
from luoshi.apps.supervision.views.listing import office_region
from luoshi.apps.supervision.views.order import opened
from luoshi.core.work.address import IssuingLine, address


class HappenedOut(Schema):
    """A step that was taken with an order, or a reply."""

    at: datetime
    name: str
    what: dict[str, str]
    body_id: int | None
    words: str
    reply: dict[str, str] | None


class OrderPaperOut(Schema):
    """The paper that a body gets: an order, or a letter where nobody may order it."""

    form: str
    title: dict[str, str]
    serial: str
    body_id: int
    matter: str
    requirement: str
    authority: str
    sign_by: date | None
    due: date | None
    close_by: date | None
    lead: str
    helpers: list[str]


class NumberingOut(Schema):
    """What the numbers of a year begin with, and how far they have come."""

    year: int
    prefix: str
    last: int


class PrefixIn(Sent):
    """What the numbers of this year begin with, from the next one on."""

    prefix: Annotated[str, Field(min_length=1, max_length=12)]


@area.read("/orders/{order}/timeline", "supervision.view", Paged[HappenedOut])
def happened(request: HttpRequest, order: Key, asked: Asked) -> Any:
    """Everything that happened to an order, the latest first; replies as far as one may read them."""
    found, user = opened(request, order), caller(request)
    own = bodies_with(user, Role.Name.LIAISON, Role.Name.HEAD)
    leads = found.bodies.filter(role=OrderBody.Role.LEAD, body__in=own).exists()
    whole = is_office(user, found) or looks_at_all(user, found) or leads
    page = paged(timeline(found, None if whole else own), asked)
    return {**page, "items": [_told(one) for one in page["items"]]}


def _told(one: Happened) -> dict[str, Any]:
    row = one.step or one.reply
    said = {"at": one.at, "name": one.name, "what": {"zh": one.words.zh, "en": one.words.en}}
    reply = None
    if one.reply is not None:
        names = ("progress", "problems", "next_step", "state")
        reply = {name: getattr(one.reply, name) for name in names}
    words = one.step.words if one.step else ""
    return {**said, "body_id": row.body_id if row else None, "words": words, "reply": reply}


@area.read("/orders/{order}/bodies/{body}/paper", "supervision.view", OrderPaperOut)
def paper(request: HttpRequest, order: Key, body: Key) -> Any:
    """What stands on the paper that a body gets."""
    found, user = opened(request, order), caller(request)
    bodies = list(found.bodies.select_related("body").order_by("-role", "pk"))
    part = next((one for one in bodies if one.body_id == body), None)
    if part is None or found.issued_at is None:
        raise Http404
    own = bodies_with(user, Role.Name.LIAISON, Role.Name.HEAD, Role.Name.VIEWER)
    if not (is_office(user, found) or looks_at_all(user, found)) and body not in own:
        raise PermissionDenied
    line: IssuingLine = next(one for one in get_args(IssuingLine) if one == found.line)
    title = address(line, part.body.line).title
    names = ("serial", "matter", "requirement", "authority", "sign_by", "due", "close_by")
    leads = [one.body.name for one in bodies if one.role == OrderBody.Role.LEAD]
    helpers = [one.body.name for one in bodies if one.role == OrderBody.Role.HELPER]
    return {
        **{name: getattr(found, name) for name in names},
        "form": part.form,
        "title": {"zh": title.zh, "en": title.en},
        "body_id": body,
        "lead": "".join(leads),
        "helpers": helpers,
    }


@area.read("/order-numbers", "supervision.order", NumberingOut, "office")
def numbering(request: HttpRequest, where: Where) -> Any:
    """What the numbers of this year begin with."""
    region, year = office_region(request), timezone.localdate().year
    found = Series.objects.filter(region=region, year__lte=year).order_by("-year").first()
    last = found.last if found and found.year == year else 0
    return {"year": year, "prefix": found.prefix if found else "", "last": last}


@area.do("/order-numbers", "supervision.order", NumberingOut, "office", method="PUT")
def number(request: HttpRequest, sent: PrefixIn, where: Where) -> Any:
    """Set what the numbers of this year begin with."""
    region, year = office_region(request), timezone.localdate().year
    by, now = caller(request), timezone.now()
    return set_prefix(region=region, year=year, prefix=sent.prefix, by=by, at=now)
