"""The list of orders, and what their numbers begin with."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.apps.interface.lists import list_response, page_of
from luoshi.apps.interface.sheets import sheet_response, wants_sheet
from luoshi.apps.organization.access import person, requires
from luoshi.apps.organization.models import Role
from luoshi.apps.organization.rules import regions_with
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.supervision.forms.order import OrderFilter, PrefixForm
from luoshi.apps.supervision.models import Order, Series
from luoshi.apps.supervision.operations.stepping import set_prefix
from luoshi.apps.supervision.queries.orders import leads_of, listed
from luoshi.apps.work.queries.standing import light_of
from luoshi.apps.work.templatetags.work_words import light_word
from luoshi.core.errors import LuoshiError

COLUMNS = [
    (gettext_lazy("编号"), 18),
    (gettext_lazy("督办事项"), 50),
    (gettext_lazy("牵头单位"), 26),
    (gettext_lazy("配合单位"), 40),
    (gettext_lazy("来源"), 12),
    (gettext_lazy("依据或授权"), 40),
    (gettext_lazy("签收期限"), 12),
    (gettext_lazy("反馈期限"), 12),
    (gettext_lazy("办结期限"), 12),
    (gettext_lazy("状态"), 12),
    (gettext_lazy("灯色"), 10),
]


@requires("supervision.view")
@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    """Orders that the person may see."""
    user, today = person(request), timezone.localdate()
    form = OrderFilter(request.GET, bodies=leads_of(user))
    wanted = form.wanted()
    task = request.GET.get("task", "")
    rows = listed(
        user,
        today,
        text=wanted["q"],
        state=wanted["state"],
        light=wanted["light"],
        source=wanted["source"],
        body=int(wanted["body"]) if wanted["body"] else None,
        task=int(task) if task.isascii() and task.isdigit() and len(task) < 18 else None,
        sort=wanted["sort"] or "new",
    )
    if wants_sheet(request):
        return sheet_response(_("督办件"), COLUMNS, map(_cells, rows))
    context = {
        "section": "supervision",
        "form": form,
        "page": page_of(request, rows),
        "office": bool(regions_with(user, Role.Name.OFFICE)),
    }
    return list_response(request, "supervision/list.html", "supervision/partials/results.html", context)


def _cells(row: Order) -> list[str]:
    bodies = list(row.bodies.all())
    return [
        row.serial,
        row.matter,
        "、".join(one.body.name for one in bodies if one.role == one.Role.LEAD),
        "、".join(one.body.name for one in bodies if one.role == one.Role.HELPER),
        str(row.get_source_display()),
        row.authority,
        str(row.sign_by or ""),
        str(row.due or ""),
        str(row.close_by or ""),
        str(row.get_state_display()),
        light_word(light_of(row.rank_of_light)),  # type: ignore[attr-defined]
    ]


@requires("supervision.order")
@require_http_methods(["GET", "HEAD", "POST"])
def numbering(request: HttpRequest) -> HttpResponse:
    """What the numbers of this year begin with."""
    region = office_region(request)
    year = timezone.localdate().year
    series = Series.objects.filter(region=region, year__lte=year).order_by("-year").first()
    sent = request.POST if request.method == "POST" else None
    form = PrefixForm(sent, initial={"words": series.prefix if series else ""})
    if sent is not None and form.is_valid():
        try:
            set_prefix(
                region=region,
                year=year,
                prefix=form.cleaned_data["words"],
                by=person(request),
                at=timezone.now(),
            )
        except LuoshiError as refusal:
            form.add_error("words", refusal.message(language()))
        else:
            messages.success(request, _("文号代字已改，从下一号起使用。"))
            return redirect("supervision:list")
    context = {"section": "supervision", "form": form, "series": series, "year": year}
    return render(request, "supervision/numbering.html", context, status=200 if sent is None else 422)


def office_region(request: HttpRequest) -> str:
    """The region for whose office the person works; the first when there are several.

    Raises:
        PermissionDenied: there is none.
    """
    regions = sorted(regions_with(request.user, Role.Name.OFFICE))
    asked = request.GET.get("region", "")
    if not regions:
        raise PermissionDenied
    return asked if asked in regions else regions[0]
