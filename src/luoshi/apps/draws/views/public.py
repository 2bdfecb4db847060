"""What anybody sees of draws without an account: commitments, results, proofs, the checking program."""

from __future__ import annotations

import json
from importlib.resources import files

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luoshi.apps.draws.forms import CandidateFilter, DrawFilter
from luoshi.apps.draws.models import Draw
from luoshi.apps.draws.operations.following import drawing_of
from luoshi.apps.draws.queries.listing import announced, candidates, seen_outside
from luoshi.apps.draws.queries.published import published
from luoshi.apps.draws.queries.showing import happened, strata
from luoshi.apps.draws.queries.stages import before_of, earlier_of, state_of
from luoshi.apps.draws.views.lists import candidate_list
from luoshi.apps.interface.lists import list_response, page_of
from luoshi.apps.interface.sheets import moment, sheet_response, wants_sheet
from luoshi.apps.organization.access import open_to_everybody
from luoshi.apps.plan.queries.wording import language
from luoshi.core.draw.record import announced as announcement
from luoshi.core.draw.record import proof
from luoshi.core.draw.values import Committed, Drawn


@open_to_everybody
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All commitments and results."""
    form = DrawFilter(request.GET)
    wanted = form.wanted()
    rows = announced(text=wanted["q"], stage=wanted["stage"], region=wanted["region"])
    if wants_sheet(request):
        heads = ((_("抽取事项"), 50), (_("阶段"), 18), (_("承诺"), 66), (_("承诺时间"), 18), (_("单位"), 28))
        lines = (
            [
                one.purpose,
                one.get_stage_display(),
                one.commitment,
                moment(one.committed_at),
                one.entry.holder.name,
            ]
            for one in rows
        )
        return sheet_response(_("抽取公告"), heads, lines)
    context = {"form": form, "page": page_of(request, rows)}
    return list_response(request, "draws/index.html", "draws/partials/announced.html", context)


@open_to_everybody
@require_safe
def notice(request: HttpRequest, number: int) -> HttpResponse:
    """One draw: the commitment to be noted, later the result with its log."""
    found = _announced(number)
    drawing = drawing_of(found)
    context = {
        "draw": found,
        "drawing": drawing,
        "strata": strata(found, drawing),
        "log": happened(found),
        "earlier": earlier_of(found),
        "listed": found.opened or any(pool.listed for pool in drawing.pools),
        "result": published(found.entry, timezone.localdate(), language()),
    }
    return render(request, "draws/notice.html", context)


@open_to_everybody
@require_safe
def names(request: HttpRequest, number: int) -> HttpResponse:
    """The list, as far as the public may see it now."""
    found = _announced(number)
    drawing = drawing_of(found)
    form = CandidateFilter(request.GET, drawing=drawing, language=language())
    wanted = form.wanted()
    rows = candidates(
        found,
        text=wanted["q"],
        pool=wanted["pool"],
        eligible=wanted["eligible"],
        sort=wanted["sort"] or "stratum",
    )
    return candidate_list(
        request, found, drawing, form, seen_outside(rows, drawing, found), {"outside": True}
    )


@open_to_everybody
@require_safe
def commitment(request: HttpRequest, number: int) -> HttpResponse:
    """The commitment as a program reads it."""
    before = before_of(_announced(number))
    committed = before.committed if isinstance(before, Drawn) else before
    return _json(announcement(committed), f"draw-{number}-commitment.json")


@open_to_everybody
@require_safe
def evidence(request: HttpRequest, number: int) -> HttpResponse:
    """The proof of a draw that was opened."""
    found = _announced(number)
    state = state_of(found) if found.opened else None
    if state is None or isinstance(state, Committed):
        raise Http404
    return _json(proof(state), f"draw-{number}-proof.json")


@open_to_everybody
@require_safe
def program(request: HttpRequest) -> HttpResponse:
    """The program that checks a proof with nothing but Python."""
    text = files("luoshi.cli").joinpath("verify_draw.py").read_text(encoding="utf-8")
    response = HttpResponse(text, content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="verify_draw.py"'
    return response


def _announced(number: int) -> Draw:
    rows = Draw.objects.exclude(commitment="").select_related("entry__holder", "entry__region")
    found = rows.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _json(value: object, name: str) -> HttpResponse:
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
