"""The lists of bodies and groups, and the registry as a workbook."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from luoshi.apps.interface.lists import list_response, page_of
from luoshi.apps.interface.sheets import CONTENT_TYPE, sheet_response, wants_sheet
from luoshi.apps.organization.access import requires
from luoshi.apps.organization.models import Body, Region
from luoshi.apps.registry.forms.filters import BodyFilterForm, GroupFilterForm
from luoshi.apps.registry.queries.listing import GroupRow, bodies, group_rows, groups
from luoshi.apps.registry.queries.workbook import write_registry
from luoshi.apps.registry.views.opened import VIEW, frame, region, regions

BODY_COLUMNS = [
    (gettext_lazy("名称"), 30),
    (gettext_lazy("全称"), 36),
    (gettext_lazy("简称"), 18),
    (gettext_lazy("类别"), 16),
    (gettext_lazy("系统"), 16),
    (gettext_lazy("级别"), 10),
    (gettext_lazy("上级单位"), 26),
    (gettext_lazy("统一社会信用代码"), 22),
    (gettext_lazy("设立日期"), 12),
    (gettext_lazy("撤销日期"), 12),
    (gettext_lazy("任务"), 8),
]
GROUP_COLUMNS = [
    (gettext_lazy("分组"), 36),
    (gettext_lazy("类别"), 16),
    (gettext_lazy("逐个列入"), 12),
    (gettext_lazy("除外"), 12),
    (gettext_lazy("规则"), 12),
    (gettext_lazy("今天的成员"), 12),
]


@requires(VIEW)
@require_safe
def body_list(request: HttpRequest) -> HttpResponse:
    """Bodies of the person's regions."""
    form = BodyFilterForm(request.GET)
    wanted = form.wanted()
    text, sort = wanted.pop("q"), wanted.pop("sort") or "name"
    today = timezone.localdate()
    found = bodies(regions(request), today=today, text=text, sort=sort, **wanted)
    if wants_sheet(request):
        return sheet_response(_("单位名录"), BODY_COLUMNS, map(_body_row, found))
    context = {
        **frame(request),
        "tab": "bodies",
        "form": form,
        "page": page_of(request, found),
        "today": today,
        "regions": Region.objects.filter(pk__in=regions(request)),
    }
    return list_response(request, "registry/list.html", "registry/partials/body_results.html", context)


def _body_row(body: Any) -> list[str | int]:
    named = [body.name, body.full_name, body.short_name, str(body.get_kind_display())]
    placed = [
        str(body.get_line_display()),
        str(body.get_level_display() or "") if body.level is not None else "",
    ]
    days = [day.isoformat() if day else "" for day in (body.active_from, body.active_to)]
    parent = body.parent.name if body.parent else ""
    return [*named, *placed, parent, body.credit_code, *days, body.task_count]


@requires(VIEW)
@require_safe
def group_list(request: HttpRequest) -> HttpResponse:
    """Everything that has members."""
    form = GroupFilterForm(request.GET)
    wanted = form.wanted()
    found = groups(regions(request), text=wanted["q"], kind=wanted["kind"], sort=wanted["sort"] or "name")
    today = timezone.localdate()
    if wants_sheet(request):
        rows = map(_group_row, group_rows(list(found), today))
        return sheet_response(_("分组"), GROUP_COLUMNS, rows)
    page = page_of(request, found)
    context = {
        **frame(request),
        "tab": "groups",
        "form": form,
        "page": page,
        "rows": group_rows(list(page), today),
    }
    return list_response(request, "registry/groups.html", "registry/partials/group_results.html", context)


def _group_row(row: GroupRow) -> list[str | int]:
    kind = str(Body.Kind(row.body.kind).label)
    return [row.body.name, kind, row.members, row.excluded, row.rules, row.stands_for]


@requires(VIEW)
@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """The whole registry of a region, to change and to send back."""
    code = region(request, VIEW)
    response = HttpResponse(write_registry(code), content_type=CONTENT_TYPE)
    name = f"{Region.objects.get(pk=code)}{_('单位名录')} {timezone.localdate()}.xlsx"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response
