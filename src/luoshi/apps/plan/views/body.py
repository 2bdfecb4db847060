"""The bodies of a plan, and each one's own page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from luoshi.apps.interface.sheets import sheet_response, wants_sheet
from luoshi.apps.organization.access import requires
from luoshi.apps.plan.forms.filters import BodyFilterForm
from luoshi.apps.plan.models import TaskBody
from luoshi.apps.plan.queries.bodies import deadlines_of, partners_of, tasks_of
from luoshi.apps.plan.queries.names import BodyCount, bodies_of
from luoshi.apps.plan.views.opened import list_response, open_plan, page_of

ROWS = 50
# Tasks of one role on a body's page; a longer list goes on in the overview, in pages.
SHOWN = 50
COLUMNS = [
    (gettext_lazy("单位"), 40),
    (gettext_lazy("牵头"), 10),
    (gettext_lazy("责任"), 10),
    (gettext_lazy("合计"), 10),
]
SORTS = {
    "leads": lambda body: (-body.leads, -body.responsibles, body.name),
    "tasks": lambda body: (-body.tasks, -body.leads, body.name),
    "name": lambda body: body.name,
}


@requires("plan.view")
@require_safe
def bodies(request: HttpRequest, plan: int) -> HttpResponse:
    """All bodies that the plan names, with what they carry."""
    opened = open_plan(request, plan)
    form = BodyFilterForm(request.GET)
    wanted = form.wanted()
    found = [body for body in bodies_of(plan) if matches(body, wanted["q"], wanted["role"])]
    found.sort(key=SORTS[wanted["sort"] or "leads"])
    if wants_sheet(request):
        rows = [(body.name, body.leads, body.responsibles, body.tasks) for body in found]
        return sheet_response(f"{opened} {_('单位')}", COLUMNS, rows)
    context = {
        "section": "plans",
        "tab": "bodies",
        "plan": opened,
        "form": form,
        "page": page_of(request, found, ROWS),
        "most": max((body.tasks for body in found), default=0),
    }
    return list_response(request, "plan/bodies.html", "plan/partials/body_results.html", context)


@requires("plan.view")
@require_safe
def body(request: HttpRequest, plan: int, name: str) -> HttpResponse:
    """What one body has to do, with whom, and by when."""
    opened = open_plan(request, plan)
    leads = tasks_of(plan, name, TaskBody.Role.LEAD)
    responsibles = tasks_of(plan, name, TaskBody.Role.RESPONSIBLE)
    counts = {"lead": leads.count(), "responsible": responsibles.count()}
    if not any(counts.values()):
        raise Http404
    context = {
        "section": "plans",
        "tab": "bodies",
        "plan": opened,
        "name": name,
        "counts": counts,
        "leads": leads[:SHOWN],
        "responsibles": responsibles[:SHOWN],
        "shown": SHOWN,
        "partners": partners_of(plan, name),
        "deadlines": list(deadlines_of(plan, name)),
    }
    return render(request, "plan/body.html", context)


def matches(body: BodyCount, text: str, role: str) -> bool:
    """Whether a body has all words in its name, and any task in a role."""
    if not all(word in body.name for word in text.split()):
        return False
    return not role or (body.leads if role == TaskBody.Role.LEAD else body.responsibles) > 0
