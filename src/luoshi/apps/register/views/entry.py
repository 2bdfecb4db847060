"""One entry: how it stands, what it holds, what happened, and what can be done next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from rules.permissions import has_perm

from luoshi.apps.organization.access import person, requires
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.models import Entry
from luoshi.apps.register.operations.keeping_files import hand_out_file
from luoshi.apps.register.operations.taking import bring_up_to_date
from luoshi.apps.register.queries.acting import open_steps
from luoshi.apps.register.queries.begun import drafts_of
from luoshi.apps.register.queries.besides import besides
from luoshi.apps.register.queries.listing import visible
from luoshi.apps.register.queries.loading import loaded, setting_of
from luoshi.apps.register.queries.showing import grouped, shown
from luoshi.apps.register.views.opened import declared_of, entry_of
from luoshi.core.errors import Phrase
from luoshi.core.mechanism.changes import succession
from luoshi.core.mechanism.declaration import Mechanism
from luoshi.core.register.procedure import State

# Entries that name this one; a long row of them has a list of its own.
MOST_LINKED = 50


@dataclass(frozen=True, slots=True)
class Linked:
    """An entry beside this one, with the rules it follows and its state."""

    row: Entry
    mechanism: Mechanism
    state: State | None


@requires("register.view")
@require_safe
def entry(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The page of an entry, brought up to date before it is shown."""
    found = entry_of(request, key, number)
    if bring_up_to_date(entry=found, at=timezone.now()):
        found.refresh_from_db()
    return render(request, "register/entry.html", _context(request, found))


@requires("register.view")
@require_safe
def paper(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The entry as a printed form."""
    found = entry_of(request, key, number)
    context = _context(request, found)
    wanted = context["mechanism"].views.printed
    if wanted:
        context["values"] = [one for one in context["values"] if one.field.key in wanted]
    return render(request, "register/paper.html", context)


@requires("register.view")
@require_safe
def file(request: HttpRequest, key: str, number: int, file: int) -> HttpResponse:
    """A file of an entry, always as a download."""
    found = entry_of(request, key, number)
    wanted = get_object_or_404(found.files, pk=file)
    content = hand_out_file(file=wanted, by=person(request), at=timezone.now())
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, wanted.name) or ""
    return response


def _context(request: HttpRequest, found: Entry) -> dict[str, Any]:
    user, today = person(request), timezone.localdate()
    mechanism = declared_of(found)
    register = mechanism.register
    setting = setting_of(found)
    values = shown(mechanism, found, loaded(found), setting, today, language())
    steps = open_steps(found, register, user)
    own = [one for one in steps if one.mine]
    history = [
        (one, register.transition.get(one.transition), _fields(mechanism, one.fields))
        for one in found.steps.select_related("by", "body").order_by("pk")
    ]
    seen = visible(user)
    return {
        "section": "registers",
        "mechanism": mechanism,
        "entry": found,
        "state": register.state.get(found.state),
        "values": values,
        "groups": grouped(mechanism, values),
        "hidden": any(one.hidden for one in values),
        "may_reveal": has_perm("register.reveal", user, found),
        "own": own,
        "others": [one for one in steps if not one.mine],
        "drafts": drafts_of(user, mechanism, [one.step for one in own], found),
        "besides": besides(user, found),
        "clocks": [
            (one, register.limit[one.limit])
            for one in found.clocks.order_by("-pk")
            if one.limit in register.limit
        ],
        "history": history,
        "timeline": history[::-1],
        "linked": _linked(seen.filter(linked_from__entry=found)),
        "linking": _linked(seen.filter(links__target=found)),
        "versions": succession(catalogue().versions[found.mechanism]),
        "today": today,
    }


def _fields(mechanism: Mechanism, keys: list[str]) -> list[Phrase]:
    return [mechanism.register.field[key].label for key in keys if key in mechanism.register.field]


def _linked(rows: QuerySet[Entry]) -> list[Linked]:
    found = []
    for row in rows.distinct().order_by("-began", "-pk")[:MOST_LINKED]:
        mechanism = declared_of(row)
        found.append(Linked(row, mechanism, mechanism.register.state.get(row.state)))
    return found
