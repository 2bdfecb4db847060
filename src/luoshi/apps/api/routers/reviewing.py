"""The review of a plan: findings settled, names matched, the plan confirmed."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Schema

from luoshi.apps.api.area import AnyKey, Area, Asked, Key, Listing, Paged, Sent, Words, caller, mark, paged
from luoshi.apps.api.shapes import FindingOut, NameOut, PlanOut, SettlementOut
from luoshi.apps.organization.access import check
from luoshi.apps.organization.models import Body
from luoshi.apps.plan.models import Finding, Plan, Settlement
from luoshi.apps.plan.operations import confirming, matching, settling
from luoshi.apps.plan.queries import listing, review
from luoshi.apps.plan.queries import matching as queries
from luoshi.apps.plan.queries.wording import FINDING_NAMES
from luoshi.apps.plan.views.match import is_wanted
from luoshi.apps.plan.views.opened import open_plan

area = Area("review")


class FindingsAsked(Listing):
    """Which findings."""

    severity: Literal["", "0", "1", "2"] = ""
    state: Literal["", "open", "settled"] = ""
    code: Literal[("", *FINDING_NAMES)] = ""  # type: ignore[valid-type]
    sort: Literal["weight", "document", "kind"] = "weight"


class NamesAsked(Listing):
    """Which names of a plan."""

    only: Literal["", "matched", "unmatched"] = ""


class ProgressOut(Schema):
    """Open findings by weight, settled ones, names that mean nobody yet, and the last step that holds."""

    errors: int
    warnings: int
    notes: int
    settled: int
    unmatched: int
    last: SettlementOut | None


class Settling(Sent):
    """How a finding is settled; `value` is the candidate or the wording."""

    action: Literal["accept", "choose", "edit", "dismiss"]
    value: Words = ""


class Match(Sent):
    """Which registered body a name means; null for none."""

    name: Words
    body: AnyKey | None = None


class Registration(Sent):
    """A name to be registered as a body; an empty line is guessed from it."""

    name: Words
    line: Literal[("", *Body.Line.values)] = ""  # type: ignore[valid-type]


@area.read("/plans/{plan}/findings", "plan.view", Paged[FindingOut])
def findings(request: HttpRequest, plan: Key, asked: Annotated[FindingsAsked, Query()]) -> Any:
    """Defects and doubts of a plan."""
    open_plan(request, plan)
    severity = int(asked.severity) if asked.severity else None
    wanted = {"state": asked.state, "code": asked.code, "text": asked.q, "sort": asked.sort}
    found = listing.findings(plan, severity=severity, **wanted)
    return paged(found, asked)


@area.read("/plans/{plan}/review", "plan.view", ProgressOut)
def progress(request: HttpRequest, response: HttpResponse, plan: Key) -> Any:
    """How far the review is, and the last step, which can be undone."""
    opened = open_plan(request, plan)
    mark(response, opened.version)
    return review.progress(opened)


@area.read("/plans/{plan}/settlements", "plan.view", Paged[SettlementOut])
def steps(request: HttpRequest, plan: Key, asked: Asked) -> Any:
    """The steps of the review, the newest first."""
    rows = Settlement.objects.filter(plan=open_plan(request, plan)).defer("changes")
    return paged(rows.order_by("-position"), asked)


@area.do("/plans/{plan}/findings/{finding}/settle", "plan.edit", SettlementOut, "office")
def settle(request: HttpRequest, plan: Key, finding: Key, sent: Settling) -> Any:
    """Settle a finding."""
    found = get_object_or_404(Finding, pk=finding, plan=_draft(request, plan))
    by, now = caller(request), timezone.now()
    return settling.settle_finding(finding=found, action=sent.action, value=sent.value, by=by, at=now)


@area.do("/plans/{plan}/findings/accept-notes", "plan.edit", SettlementOut | None, "office")
def accept_notes(request: HttpRequest, plan: Key) -> Any:
    """Accept every open note; null when there is none."""
    return settling.accept_notes(plan=_draft(request, plan), by=caller(request), at=timezone.now())


@area.do("/plans/{plan}/settlements/{settlement}/undo", "plan.edit", SettlementOut, "office")
def undo(request: HttpRequest, plan: Key, settlement: Key) -> Any:
    """Take a step of the review back."""
    rows = Settlement.objects.defer("changes")
    found = get_object_or_404(rows, pk=settlement, plan=_draft(request, plan))
    return settling.undo_settlement(settlement=found, by=caller(request), at=timezone.now())


@area.read("/plans/{plan}/names", "plan.view", Paged[NameOut])
def names(request: HttpRequest, plan: Key, asked: Annotated[NamesAsked, Query()]) -> Any:
    """The names of a plan beside the registry, the unmatched first."""
    found = queries.names(open_plan(request, plan))
    return paged([one for one in found if is_wanted(one, asked.only, asked.q)], asked)


@area.do("/plans/{plan}/names/match", "plan.edit", SettlementOut, "office")
def match(request: HttpRequest, plan: Key, sent: Match) -> Any:
    """Say which registered body a name means, everywhere in the plan."""
    opened = _draft(request, plan)
    body = get_object_or_404(Body, pk=sent.body, region=opened.region_id) if sent.body else None
    return matching.match_body(plan=opened, name=sent.name, body=body, by=caller(request), at=timezone.now())


@area.do("/plans/{plan}/names/register", "plan.edit", SettlementOut, "office")
def register(request: HttpRequest, plan: Key, sent: Registration) -> Any:
    """Register a name as a new body."""
    opened, by = _draft(request, plan), caller(request)
    return matching.register_body(plan=opened, name=sent.name, line=sent.line, by=by, at=timezone.now())


@area.do("/plans/{plan}/names/match-exact", "plan.edit", SettlementOut | None, "office")
def match_exact(request: HttpRequest, plan: Key) -> Any:
    """Match every name that is exactly one in the registry; null when none is."""
    return matching.match_all_exact(plan=_draft(request, plan), by=caller(request), at=timezone.now())


@area.do("/plans/{plan}/names/register-all", "plan.edit", SettlementOut | None, "office")
def register_all(request: HttpRequest, plan: Key) -> Any:
    """Register every name that the registry does not know; null when it knows all."""
    return matching.register_all(plan=_draft(request, plan), by=caller(request), at=timezone.now())


@area.do("/plans/{plan}/confirm", "plan.confirm", PlanOut, "office")
def confirm(request: HttpRequest, response: HttpResponse, plan: Key) -> Any:
    """Confirm a plan."""
    return _told(response, confirming.confirm_plan(**_confirming(request, plan)))


@area.do("/plans/{plan}/reopen", "plan.confirm", PlanOut, "office")
def reopen(request: HttpRequest, response: HttpResponse, plan: Key) -> Any:
    """Open a confirmed plan again."""
    return _told(response, confirming.reopen_plan(**_confirming(request, plan)))


def _confirming(request: HttpRequest, plan: int) -> dict[str, Any]:
    opened = open_plan(request, plan)
    check(request, "plan.confirm", opened)
    return {"plan": opened, "by": caller(request), "at": timezone.now()}


def _told(response: HttpResponse, plan: Plan) -> Plan:
    mark(response, plan.version)
    return plan


def _draft(request: HttpRequest, plan: int) -> Plan:
    opened = open_plan(request, plan)
    check(request, "plan.edit", opened)
    return opened
