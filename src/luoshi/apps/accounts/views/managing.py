"""What the system administrator does: accounts, names of regions, the state of the installation."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.apps.accounts import operations
from luoshi.apps.accounts.forms.account import AccountForm, NewRegionForm, PersonForm, RegionForm
from luoshi.apps.accounts.forms.filters import RegionFilterForm
from luoshi.apps.accounts.queries.health import health
from luoshi.apps.accounts.queries.regions import offered_above, regions
from luoshi.apps.accounts.views.people import account_page, target
from luoshi.apps.interface.lists import list_response, page_of
from luoshi.apps.interface.sheets import sheet_response, wants_sheet
from luoshi.apps.organization.access import person, requires
from luoshi.apps.organization.models import Region
from luoshi.apps.organization.operations import change_region, create_region
from luoshi.core.errors import LuoshiError

REGION_COLUMNS = [
    (gettext_lazy("代码"), 14),
    (gettext_lazy("名称"), 30),
    (gettext_lazy("级别"), 10),
    (gettext_lazy("上级地区"), 30),
    (gettext_lazy("有角色的人数"), 14),
]


@requires("accounts.manage")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make an account; its temporary password is shown this once."""
    form = AccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            user, password = operations.create_account(
                **form.cleaned_data, by=person(request), at=timezone.now()
            )
        except LuoshiError as error:
            form.refuse(error, get_language() or "")
        else:
            return render(request, "accounts/given.html", {"person": user, "password": password, "new": True})
    context = {"section": "accounts", "form": form}
    return render(request, "accounts/new.html", context, status=422 if form.errors else 200)


@requires("accounts.manage")
@require_POST
def change(request: HttpRequest, user: int) -> HttpResponse:
    """Correct whose account it is."""
    form = PersonForm(request.POST)
    if form.is_valid():
        try:
            operations.change_account(
                user=target(user), **form.cleaned_data, by=person(request), at=timezone.now()
            )
        except LuoshiError as error:
            form.refuse(error, get_language() or "")
        else:
            messages.success(request, _("已保存。"))
            return redirect("accounts:account", user)
    return account_page(request, user, person_form=form)


@requires("accounts.manage")
@require_POST
def disable(request: HttpRequest, user: int) -> HttpResponse:
    """Let a person sign in no more."""
    try:
        operations.disable(user=target(user), by=person(request), at=timezone.now())
    except LuoshiError as error:
        messages.error(request, error.message(get_language() or ""))
    else:
        messages.success(request, _("账号已停用，登录已全部结束。"))
    return redirect("accounts:account", user)


@requires("accounts.manage")
@require_POST
def enable(request: HttpRequest, user: int) -> HttpResponse:
    """Let a person sign in again."""
    operations.enable(user=target(user), by=person(request), at=timezone.now())
    messages.success(request, _("账号已恢复。"))
    return redirect("accounts:account", user)


@requires("region.name")
@require_safe
def region_list(request: HttpRequest) -> HttpResponse:
    """The regions of the installation."""
    form = RegionFilterForm(request.GET)
    wanted = form.wanted()
    found = regions(text=wanted["q"], level=wanted["level"], sort=wanted["sort"] or "code")
    if wants_sheet(request):
        rows = (
            [one.code, one.name, str(one.get_level_display()), str(one.parent or ""), one.people]
            for one in found
        )
        return sheet_response(_("地区"), REGION_COLUMNS, rows)
    context = {"section": "regions", "form": form, "page": page_of(request, found)}
    return list_response(request, "accounts/regions.html", "accounts/partials/region_results.html", context)


@requires("region.name")
@require_http_methods(["GET", "HEAD", "POST"])
def new_region(request: HttpRequest) -> HttpResponse:
    """Make a region, such as the city above a district."""
    sent = request.POST if request.method == "POST" else None
    form = NewRegionForm(sent, initial={"parent": request.GET.get("above", "")[:12]})
    if request.method == "POST" and form.is_valid():
        try:
            made = create_region(**form.cleaned_data, by=person(request), at=timezone.now())
        except LuoshiError as error:
            form.refuse(error, get_language() or "")
        else:
            messages.success(request, _("地区已建立；由安全管理员授予角色后，有人可以在那里工作或查阅。"))
            return redirect("accounts:region", made.pk)
    context = {"section": "regions", "form": form, "above": offered_above()}
    return render(request, "accounts/new_region.html", context, status=422 if form.errors else 200)


@requires("region.name")
@require_http_methods(["GET", "HEAD", "POST"])
def region(request: HttpRequest, code: str) -> HttpResponse:
    """The name of one region, and the region above it."""
    found = get_object_or_404(Region, pk=code)
    sent = request.POST if request.method == "POST" else None
    form = RegionForm(sent, initial={"name": found.name, "parent": found.parent_id or ""})
    if request.method == "POST" and form.is_valid():
        try:
            change_region(region=found, **form.cleaned_data, by=person(request), at=timezone.now())
        except LuoshiError as error:
            form.refuse(error, get_language() or "")
        else:
            messages.success(request, _("已保存。"))
            return redirect("accounts:regions")
    context = {
        "section": "regions",
        "region": found,
        "form": form,
        "above": offered_above(found),
        "beneath": found.children.count(),
    }
    return render(request, "accounts/region.html", context, status=422 if form.errors else 200)


@requires("health.view")
@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """How the installation is."""
    context = {"section": "state", "health": health(at=timezone.now()), "at": timezone.now()}
    return render(request, "accounts/state.html", context)
