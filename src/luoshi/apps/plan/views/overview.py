"""A plan at a glance, with the list of its tasks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from luoshi.apps.organization.access import requires
from luoshi.apps.plan.forms.filters import TaskFilterForm
from luoshi.apps.plan.queries.names import bodies_of
from luoshi.apps.plan.queries.overview import chapter_map, figures, sections_of
from luoshi.apps.plan.queries.tasks import for_list, matching
from luoshi.apps.plan.views.opened import list_response, open_plan, page_of, wants_results

# Bodies in the chart; all of them stand on the page of bodies.
CHARTED = 12


@requires("plan.view")
@require_safe
def overview(request: HttpRequest, plan: int) -> HttpResponse:
    """Figures, the map of chapters, who carries how much, and the tasks that the filter asks for."""
    opened = open_plan(request, plan)
    sections, bodies = sections_of(plan), bodies_of(plan)
    form = TaskFilterForm(request.GET, sections=sections, bodies=bodies)
    found = matching(plan, form.task_filter(), sections)
    context = {
        "section": "plans",
        "tab": "overview",
        "plan": opened,
        "form": form,
        "page": page_of(request, for_list(found), counted=found),
    }
    if not wants_results(request):
        chapters = chapter_map(plan, sections)
        context |= {
            "chapters": chapters,
            "figures": figures(plan, chapters, bodies),
            "leading": [body for body in bodies if body.leads][:CHARTED] or bodies[:CHARTED],
        }
    return list_response(request, "plan/overview.html", "plan/partials/task_results.html", context)
