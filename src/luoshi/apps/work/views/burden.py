"""What reporting costs the bodies: requests, fields, minutes, by body and month; nothing about persons."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from luoshi.apps.interface.lists import list_response, page_of, wants_results
from luoshi.apps.interface.sheets import sheet_response, wants_sheet
from luoshi.apps.organization.access import requires
from luoshi.apps.work.forms.showing import BurdenFilter
from luoshi.apps.work.queries import burden as query
from luoshi.core.calendar.periods import Period

COLUMNS = [
    (gettext_lazy("单位"), 30),
    (gettext_lazy("月份"), 10),
    (gettext_lazy("报送要求"), 10),
    (gettext_lazy("要填的栏"), 10),
    (gettext_lazy("已预填的栏"), 12),
    (gettext_lazy("用时中位数(分钟)"), 18),
    (gettext_lazy("有用时的报送"), 14),
]


@requires("work.view")
@require_safe
def work_burden(request: HttpRequest) -> HttpResponse:
    """The last twelve months, or one of them."""
    months = query.months_until(timezone.localdate())
    form = BurdenFilter(request.GET, months=months)
    wanted = form.wanted()
    chosen = [Period.parse(wanted["month"])] if wanted["month"] else months
    everything = query.within(query.seen_requests(request.user), months)
    rows = query.within(everything, chosen)
    bodies = query.bodies_asked(rows, wanted["q"], wanted["sort"] or "requests")
    if wants_sheet(request):
        return sheet_response(_("报送负担"), COLUMNS, _cells(query.bodies_burden(rows, bodies)))
    page = page_of(request, bodies)
    context = {
        "section": "burden",
        "form": form,
        "page": page,
        "rows": query.bodies_burden(rows, page),
    }
    if not wants_results(request):
        counted = query.by_month(everything, months)
        context |= {
            "months": counted,
            "requests": sum(one.requests for one in counted),
            "asked": sum(one.asked for one in counted),
            "prefilled": sum(one.prefilled for one in counted),
        }
    return list_response(request, "work/burden.html", "work/partials/burden_results.html", context)


def _cells(found: list[query.BodyBurden]) -> Iterator[list[str | int | None]]:
    """One row a body and month."""
    for one in found:
        for month in one.months:
            minutes = "" if month.minutes is None else f"{month.minutes:g}"
            yield [
                str(one.body),
                month.month.key,
                month.requests,
                month.asked,
                month.prefilled,
                minutes,
                month.known,
            ]
