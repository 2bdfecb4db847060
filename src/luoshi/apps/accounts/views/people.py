"""The list of accounts, and one account as the administrators see it."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from rules.permissions import has_perm

from luoshi.apps.accounts.forms.account import AdministratorForm, PersonForm, RoleForm
from luoshi.apps.accounts.forms.filters import PeopleFilterForm
from luoshi.apps.accounts.queries.people import people, role_words
from luoshi.apps.accounts.queries.sessions import places
from luoshi.apps.interface.lists import list_response, page_of
from luoshi.apps.interface.sheets import moment, sheet_response, wants_sheet
from luoshi.apps.organization.access import requires
from luoshi.apps.organization.models import Administrator, Region

COLUMNS = [
    (gettext_lazy("用户名"), 20),
    (gettext_lazy("姓名"), 14),
    (gettext_lazy("所在单位"), 24),
    (gettext_lazy("角色"), 40),
    (gettext_lazy("状态"), 12),
    (gettext_lazy("最近登录"), 18),
]


@requires("accounts.view")
@require_safe
def account_list(request: HttpRequest) -> HttpResponse:
    """All accounts of the installation."""
    form = PeopleFilterForm(request.GET)
    wanted = form.wanted()
    found = people(
        text=wanted["q"],
        state=wanted["state"],
        duty=wanted["duty"],
        sort=wanted["sort"] or "name",
        at=timezone.now(),
    )
    if wants_sheet(request):
        return sheet_response(_("账号"), COLUMNS, map(_row, found))
    page = page_of(request, found)
    rows = [(user, duties(user)) for user in page]
    context = {"section": "accounts", "form": form, "page": page, "rows": rows}
    return list_response(request, "accounts/list.html", "accounts/partials/account_results.html", context)


def duties(user: Any) -> list[str]:
    """What a listed user does, from what the list has read already."""
    if user.kind:
        return [str(Administrator.Kind(user.kind).label)]
    return list(dict.fromkeys(role_words(role) for role in user.plan_roles.all()))


def _row(user: Any) -> list[str]:
    place = getattr(user, "account", None)
    seen = moment(user.last_login)
    state = _("已停用") if not user.is_active else _("已锁定") if user.is_locked else _("可用")
    body = place.body.name if place and place.body else ""
    return [user.username, user.first_name, body, "；".join(duties(user)), state, seen]


@requires("accounts.view")
@require_safe
def account(request: HttpRequest, user: int) -> HttpResponse:
    """One account."""
    return account_page(request, user)


def account_page(request: HttpRequest, user: int, **forms: Any) -> HttpResponse:
    """The page of an account, with forms as they were sent if one was refused."""
    at = timezone.now()
    found: Any = get_object_or_404(people(at=at), pk=user)
    place = getattr(found, "account", None)
    authorizes = has_perm("accounts.authorize", request.user)
    context = {
        "section": "accounts",
        "person": found,
        "account": place,
        "post": Administrator.objects.filter(user=found).first(),
        "roles": [(role, role_words(role)) for role in found.plan_roles.all()],
        "itself": found.pk == request.user.pk,
        "manages": has_perm("accounts.manage", request.user),
        "authorizes": authorizes,
        "two_factors": Authenticator.objects.filter(user=found, type=Authenticator.Type.TOTP).exists(),
        "places": places(found, at=at) if authorizes else [],
        "person_form": PersonForm(initial={"name": found.first_name, "body": place.body if place else None}),
        "role_form": RoleForm(initial={"region": _only_region()}),
        "administrator_form": AdministratorForm(),
        **forms,
    }
    refused = any(getattr(form, "errors", None) for form in forms.values())
    return render(request, "accounts/account.html", context, status=422 if refused else 200)


def _only_region() -> str:
    """The region of an installation that has one."""
    codes = list(Region.objects.values_list("pk", flat=True)[:2])
    return codes[0] if len(codes) == 1 else ""


def target(user: int) -> User:
    """The user of that number.

    Raises:
        Http404: there is none.
    """
    return get_object_or_404(User, pk=user)
