"""The audit log, which its administrator reads and takes away, and nobody changes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from luoshi.apps.accounts.forms.filters import LogFilterForm
from luoshi.apps.accounts.operations.exporting import note_export
from luoshi.apps.accounts.queries.log import entries, object_word, title, told
from luoshi.apps.audit.models import Event
from luoshi.apps.interface.lists import list_response, page_of
from luoshi.apps.interface.sheets import sheet_response, wants_sheet
from luoshi.apps.organization.access import person, requires

COLUMNS = [
    (gettext_lazy("时间"), 20),
    (gettext_lazy("操作人"), 24),
    (gettext_lazy("类型"), 20),
    (gettext_lazy("对象"), 16),
    (gettext_lazy("编号"), 10),
    (gettext_lazy("地区"), 14),
    (gettext_lazy("内容"), 60),
]
# A workbook with more rows helps nobody; a narrower filter does.
MOST_ROWS = 50_000


@requires("audit.read")
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """The entries of the log."""
    form = LogFilterForm(request.GET)
    wanted = form.wanted()
    found = entries(
        text=wanted["q"],
        since=wanted["since"] or None,
        until=wanted["until"] or None,
        type=wanted["type"],
        thing=wanted["thing"],
        sort=wanted["sort"] or "new",
    )
    if wants_sheet(request):
        rows = [_row(event) for event in found[:MOST_ROWS]]
        note_export(wanted=wanted, entries=len(rows), by=person(request), at=timezone.now())
        return sheet_response(_("审计日志"), COLUMNS, rows)
    page = page_of(request, found)
    rows_shown = [(event, title(event), object_word(event.object_type), told(event)) for event in page]
    context = {"section": "log", "form": form, "page": page, "rows": rows_shown, "most": MOST_ROWS}
    return list_response(request, "accounts/log.html", "accounts/partials/log_results.html", context)


def _row(event: Event) -> list[str]:
    actor = f"{event.actor.first_name} {event.actor.get_username()}".strip() if event.actor else _("系统自动")
    detail = "；".join(f"{key}: {value}" for key, value in told(event))
    at = localtime(event.at).strftime("%Y-%m-%d %H:%M:%S")
    return [at, actor, title(event), object_word(event.object_type), event.object_id, event.region, detail]
