"""One order: what it asks, how it stands, all that happened, the steps a person may take, and its paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.apps.organization.access import check, person, requires
from luoshi.apps.organization.models import Role
from luoshi.apps.organization.rules import bodies_with, is_office
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.supervision.forms.order import ReplyForm, StepForm
from luoshi.apps.supervision.models import Order, OrderBody
from luoshi.apps.supervision.operations import answering, stepping
from luoshi.apps.supervision.queries.orders import timeline, with_rank
from luoshi.apps.supervision.rules import looks_at_all
from luoshi.core.errors import LuoshiError, Phrase
from luoshi.core.supervision.machines import ORDER, WAITING
from luoshi.core.supervision.urging import RUNGS, WORDS, next_rung
from luoshi.core.work.address import IssuingLine, address
from luoshi.core.work.states import Standing, possible

SAID = {
    "propose": gettext_lazy("已送批准；由另一位同事批准后编号发出。"),
    "send-back": gettext_lazy("已退回修改。"),
    "issue": gettext_lazy("已批准并编号发出。"),
    "return": gettext_lazy("已退回重办，并留出了重新办理的时间。"),
    "continue": gettext_lazy("已采纳，按下一反馈期限继续办理。"),
    "accept": gettext_lazy("已采纳，可以办结。"),
    "close": gettext_lazy("已办结。"),
    "renew": gettext_lazy("原件已了结，新的督办件已拟好，请核对后送批准。"),
    "suspend": gettext_lazy("已中止，不再计时。"),
    "resume": gettext_lazy("已恢复计时。"),
    "cancel": gettext_lazy("已撤销。"),
    "archive": gettext_lazy("已归档。"),
}
WITH_REASON = frozenset({"send-back", "return", "renew", "suspend", "cancel"})


@requires("supervision.view")
@require_safe
def order(request: HttpRequest, order: int) -> HttpResponse:
    """The page of an order."""
    found = opened(request, order)
    return render(request, "supervision/order.html", _context(person(request), found))


@requires("supervision.order")
@require_POST
def step(request: HttpRequest, order: int) -> HttpResponse:
    """A step of the office; `step` says which, a rung of urging included."""
    found = opened(request, order)
    check(request, "supervision.order", found)
    name, words = request.POST.get("step", ""), request.POST.get("words", "")
    by, at = person(request), timezone.now()
    try:
        made = act_on(found, name, words, by, at)
    except LuoshiError as refusal:
        messages.error(request, refusal.message(language()))
        return redirect("supervision:order", found.pk)
    messages.success(request, SAID.get(name, _("已催办，对方待办和提醒中会出现。")))
    return redirect("supervision:order", made.pk if name == "renew" else found.pk)


def act_on(row: Order, name: str, words: str, by: User, at: Any) -> Any:
    """Take a step of the office with an order.

    Raises:
        Http404: there is no such step.
        LuoshiError: it cannot be taken now.
    """
    rung = next((one for one in RUNGS if one == name), None)
    if rung is not None:
        return answering.urge(order=row, rung=rung, words=words, by=by, at=at)
    reasoned: dict[str, Callable[..., Order]] = {
        "send-back": stepping.send_back,
        "return": stepping.send_again,
        "renew": stepping.renew,
        "suspend": stepping.suspend,
        "cancel": stepping.cancel,
    }
    plain: dict[str, Callable[..., Order]] = {
        "propose": stepping.propose,
        "issue": stepping.issue,
        "close": stepping.close,
        "resume": stepping.resume,
        "archive": stepping.archive,
    }
    if name in reasoned:
        return reasoned[name](order=row, reason=words, by=by, at=at)
    if name in plain:
        return plain[name](order=row, by=by, at=at)
    if name in {"accept", "continue"}:
        return stepping.accept(order=row, last=name == "accept", by=by, at=at)
    raise Http404


@requires("supervision.answer")
@require_http_methods(["POST"])
def answer(request: HttpRequest, order: int, body: int) -> HttpResponse:
    """Sign for an order or reply to it, in the name of a body."""
    found = opened(request, order)
    part = get_object_or_404(found.bodies.select_related("body"), body=body)
    if part.body_id not in bodies_with(request.user, Role.Name.LIAISON, Role.Name.HEAD):
        raise PermissionDenied
    by, at = person(request), timezone.now()
    form = ReplyForm(request.POST)
    try:
        if request.POST.get("step") == "sign":
            answering.sign(order=found, body=part.body, by=by, at=at)
            messages.success(request, _("已签收。"))
            return redirect("supervision:order", found.pk)
        if form.is_valid():
            answering.reply(order=found, body=part.body, **form.cleaned_data, by=by, at=at)
            messages.success(request, _("已反馈。"))
            return redirect("supervision:order", found.pk)
    except LuoshiError as refusal:
        form.add_error(None, refusal.message(language()))
    context = {**_context(by, found), "reply": form, "replying": part}
    return render(request, "supervision/order.html", context, status=422)


@requires("supervision.view")
@require_safe
def paper(request: HttpRequest, order: int, body: int) -> HttpResponse:
    """The paper that a body gets: an order, or a letter where nobody may order it."""
    found = opened(request, order)
    bodies = list(found.bodies.select_related("body").order_by("-role", "pk"))
    part = next((one for one in bodies if one.body_id == body), None)
    if part is None or found.issued_at is None:
        raise Http404
    user = person(request)
    own = bodies_with(user, Role.Name.LIAISON, Role.Name.HEAD, Role.Name.VIEWER)
    if not (is_office(user, found) or looks_at_all(user, found)) and body not in own:
        raise PermissionDenied
    line: IssuingLine = next(one for one in get_args(IssuingLine) if one == found.line)
    titles = {
        "order": Phrase("督办单", "supervision order"),
        "letter": Phrase("督办事项商请函", "letter of request"),
    }
    context = {
        "section": "supervision",
        "order": found,
        "part": part,
        "title": titles[part.form],
        "bodies": bodies,
        "address": address(line, part.body.line),
    }
    return render(request, "supervision/paper.html", context)


def opened(request: HttpRequest, key: int) -> Order:
    """An order that the person may see.

    Raises:
        Http404, PermissionDenied.
    """
    rows = Order.objects.select_related("task__plan", "region", "previous", "drafted_by", "issued_by")
    found = get_object_or_404(
        with_rank(rows.defer("task__read", "task__plan__read"), timezone.localdate()), pk=key
    )
    check(request, "supervision.view", found)
    return found


def _context(user: User, found: Order) -> dict[str, Any]:
    bodies = list(found.bodies.select_related("body", "signed_by").order_by("-role", "pk"))
    if found.issued_at is None:
        # Whoever approves it is shown what each body would get.
        for one in bodies:
            one.form = OrderBody.Form(stepping.form_of(found, one.body))
    own = bodies_with(user, Role.Name.LIAISON, Role.Name.HEAD)
    office = is_office(user, found)
    lead = next(one for one in bodies if one.role == OrderBody.Role.LEAD)
    mine = [one for one in bodies if one.body_id in own]
    reads_all = office or looks_at_all(user, found) or lead in mine
    steps = {
        row.name: row.words
        for row in possible(ORDER, Standing(found.state, found.kept or None), "office")
        if office
    }
    second_missing = "issue" in steps and user.pk == found.drafted_by_id
    if second_missing:
        del steps["issue"]
    return {
        "section": "supervision",
        "order": found,
        "bodies": bodies,
        "lead": lead,
        "today": timezone.localdate(),
        "timeline": timeline(found, None if reads_all else frozenset(own)),
        "steps": {name: words for name, words in steps.items() if name not in WITH_REASON},
        "reasoned": {name: words for name, words in steps.items() if name in WITH_REASON},
        "second_missing": second_missing,
        "to_sign": [one for one in mine if one.signed_at is None and found.state not in _DONE],
        "replying": next((one for one in mine if _may_reply(found, one)), None),
        "reply": ReplyForm(),
        "step_form": StepForm(),
        "rung": _rung(found, lead) if office else None,
        "rungs": WORDS,
        "renewed_as": Order.objects.filter(previous=found).first(),
    }


_DONE = (
    Order.State.DRAFT,
    Order.State.PROPOSED,
    Order.State.ACCEPTED,
    Order.State.SUSPENDED,
    Order.State.CLOSED,
    Order.State.RENEWED,
    Order.State.CANCELLED,
    Order.State.ARCHIVED,
)


def _may_reply(found: Order, part: OrderBody) -> bool:
    if part.signed_at is None:
        return False
    if part.role == OrderBody.Role.LEAD:
        return found.state in (Order.State.SIGNED, Order.State.RETURNED)
    return found.state in WAITING


def _rung(found: Order, lead: OrderBody) -> tuple[str, Phrase] | None:
    """The next step of urging, where one is possible at all."""
    if found.state not in WAITING or found.due is None:
        return None
    late = timezone.localdate() > found.due
    form = "letter" if lead.form == OrderBody.Form.LETTER else "order"
    rung = next_rung(answering.urged(found), form) if late else "reminder"  # type: ignore[arg-type]
    return rung, WORDS[rung]
