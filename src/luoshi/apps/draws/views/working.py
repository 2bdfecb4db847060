"""The page on which a draw is run, step by step."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.apps.draws.forms import CandidateFilter
from luoshi.apps.draws.models import Draw
from luoshi.apps.draws.operations.opening import open_entries
from luoshi.apps.draws.operations.preparing import prepare_draw
from luoshi.apps.draws.operations.refusals import DayMissing, NoAnswer, NotAtThisStage
from luoshi.apps.draws.operations.running import answer_place, cancel_draw, commit_draw, draw_places
from luoshi.apps.draws.queries.acting import may_cancel, may_run
from luoshi.apps.draws.queries.listing import candidates, left_out
from luoshi.apps.draws.queries.opened import opened_entries
from luoshi.apps.draws.queries.showing import happened, strata
from luoshi.apps.draws.views.lists import candidate_list
from luoshi.apps.organization.access import check, person, requires
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.register.models import Entry
from luoshi.apps.register.views.opened import declared_of, entry_of
from luoshi.core.draw.selection import SECRET_BYTES
from luoshi.core.draw.values import Answer
from luoshi.core.errors import LuoshiError
from luoshi.core.mechanism.declaration import Mechanism
from luoshi.core.mechanism.drawing import Drawing


@dataclass(frozen=True, slots=True)
class Running:
    """A draw that a person looks at or runs."""

    request: HttpRequest
    user: User
    entry: Entry
    mechanism: Mechanism
    drawing: Drawing
    draw: Draw | None

    def said(self, name: str) -> str:
        """What a form says."""
        return self.request.POST.get(name, "").strip()

    def current(self) -> Draw:
        """The draw that there has to be.

        Raises:
            NotAtThisStage: there is none.
        """
        if self.draw is None:
            raise NotAtThisStage(stage=_("尚未开始"))
        return self.draw


@requires("draws.view")
@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: HttpRequest, key: str, number: int, draw: str) -> HttpResponse:
    """How a draw stands, and its next step."""
    running = _running(request, key, number, draw)
    if request.method != "POST":
        return _page(running)
    check(request, "draws.run", running.entry)
    action = running.said("action")
    allowed = may_cancel if action == "cancel" else may_run
    if not allowed(running.user, running.entry, running.drawing):
        raise PermissionDenied
    take = _ACTIONS.get(action)
    if take is None:
        return _page(running, status=422)
    try:
        done = take(running, timezone.now())
    except LuoshiError as error:
        return _page(running, error=error, status=422)
    messages.success(request, done)
    return redirect("draws:draw", key, number, draw)


@requires("draws.view")
@require_safe
def frozen(request: HttpRequest, key: str, number: int, draw: str) -> HttpResponse:
    """The frozen list: who can be drawn, and why others cannot."""
    running = _running(request, key, number, draw)
    if running.draw is None:
        raise Http404
    form = CandidateFilter(request.GET, drawing=running.drawing, language=language())
    wanted = form.wanted()
    rows = candidates(
        running.draw,
        text=wanted["q"],
        pool=wanted["pool"],
        eligible=wanted["eligible"],
        sort=wanted["sort"] or "stratum",
    )
    about = {"mechanism": running.mechanism, "entry": running.entry, "section": "registers"}
    return candidate_list(request, running.draw, running.drawing, form, rows, about)


def _running(request: HttpRequest, key: str, number: int, draw: str) -> Running:
    found = entry_of(request, key, number, "draws.view")
    mechanism = declared_of(found)
    drawing = mechanism.drawing.get(draw)
    if drawing is None:
        raise Http404
    last = found.draws.filter(key=draw).order_by("-pk").first()
    return Running(request, person(request), found, mechanism, drawing, last)


def _prepare(running: Running, at: datetime) -> str:
    try:
        value_on = date.fromisoformat(running.said("value_on"))
    except ValueError:
        raise DayMissing from None
    prepare_draw(
        entry=running.entry,
        key=running.drawing.key,
        source=running.said("source"),
        value_on=value_on,
        form=running.said("form"),
        by=running.user,
        at=at,
    )
    return _("名单已冻结。请核对名单和理由，再公布承诺。")


def _commit(running: Running, at: datetime) -> str:
    commit_draw(draw=running.current(), secret=secrets.token_bytes(SECRET_BYTES), by=running.user, at=at)
    return _("承诺已公布。请把公告页发给社会公众，到公开值产生之日再抽取。")


def _draw(running: Running, at: datetime) -> str:
    draw_places(draw=running.current(), value=running.said("value"), by=running.user, at=at)
    return _("已抽取，证明已公开。请逐一登记应答。")


def _answer(running: Running, at: datetime) -> str:
    said = running.said("answer")
    if said not in {one.value for one in Answer}:
        raise NoAnswer
    answer_place(
        draw=running.current(),
        key=running.said("key"),
        answer=Answer(said),
        reason=running.said("reason"),
        by=running.user,
        at=at,
    )
    return _("应答已登记，过程已公开。")


def _cancel(running: Running, at: datetime) -> str:
    cancel_draw(draw=running.current(), reason=running.said("reason"), by=running.user, at=at)
    return _("本次抽取已公开撤销，密值已公开。")


def _open(running: Running, at: datetime) -> str:
    made = len(open_entries(draw=running.current(), by=running.user, at=at))
    return ngettext("已开启 %(n)s 份，列在本页。", "已开启 %(n)s 份，列在本页。", made) % {"n": made}


_ACTIONS: dict[str, Callable[[Running, datetime], str]] = {
    "prepare": _prepare,
    "commit": _commit,
    "draw": _draw,
    "answer": _answer,
    "open": _open,
    "cancel": _cancel,
}


def _page(running: Running, *, error: LuoshiError | None = None, status: int = 200) -> HttpResponse:
    shown, today = running.draw, timezone.localdate()
    entry, drawing = running.entry, running.drawing
    starts = running.mechanism.register.transition[drawing.commits].origins
    goes_on = shown is None or shown.stage in (Draw.Stage.PREPARED, Draw.Stage.CANCELLED)
    answers = running.mechanism.register.transition[drawing.answers].origins
    context: dict[str, Any] = {
        "section": "registers",
        "mechanism": running.mechanism,
        "entry": entry,
        "drawing": drawing,
        "draw": shown,
        "error": error,
        "typed": _typed(running, error),
        "may_run": may_run(running.user, entry, drawing),
        "may_cancel": may_cancel(running.user, entry, drawing),
        "can_prepare": goes_on and entry.state in starts,
        "can_answer": entry.state in answers,
        "today": today,
        "value_is_due": shown is not None and shown.value_on <= today,
    }
    if shown is not None:
        context |= {
            "strata": strata(shown, drawing, inside=today),
            "log": happened(shown, inside=True),
            "opened": opened_entries(shown, drawing),
            "left_out": left_out(shown),
            "earlier": entry.draws.filter(key=drawing.key, stage=Draw.Stage.CANCELLED).exclude(pk=shown.pk),
        }
    return render(running.request, "draws/draw.html", context, status=status)


def _typed(running: Running, error: LuoshiError | None) -> dict[str, str]:
    """What the forms begin with: as it was sent, or as the list was frozen last."""
    names = ("source", "value_on", "form", "value")
    if error is not None:
        return {name: running.said(name) for name in names}
    draw = running.draw
    if draw is None or draw.stage == Draw.Stage.CANCELLED:
        return {}
    return {"source": draw.source, "value_on": draw.value_on.isoformat(), "form": draw.form}
