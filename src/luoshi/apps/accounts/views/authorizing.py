"""What the security administrator does: roles, administrators, locks, lost passwords, sessions."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from luoshi.apps.accounts import operations
from luoshi.apps.accounts.forms.account import AdministratorForm, RoleForm
from luoshi.apps.accounts.views.people import account_page, target
from luoshi.apps.organization.access import person, requires
from luoshi.apps.organization.models import Administrator, Role
from luoshi.apps.organization.operations import appoint, dismiss, grant, revoke
from luoshi.core.errors import LuoshiError


@requires("accounts.authorize")
@require_POST
def give_role(request: HttpRequest, user: int) -> HttpResponse:
    """Grant a role."""
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            grant(user=target(user), **form.cleaned_data, by=person(request), at=timezone.now())
        except LuoshiError as error:
            form.refuse(error, get_language() or "")
        else:
            messages.success(request, _("角色已授予。"))
            return redirect("accounts:account", user)
    return account_page(request, user, role_form=form)


@requires("accounts.authorize")
@require_POST
def take_role(request: HttpRequest, user: int, role: int) -> HttpResponse:
    """Revoke a role."""
    found = get_object_or_404(Role.objects.select_related("user", "body"), pk=role, user=user)
    return _done(
        request,
        found.user,
        lambda: revoke(role=found, by=person(request), at=timezone.now()),
        _("角色已撤销。"),
    )


@requires("accounts.authorize")
@require_POST
def make_administrator(request: HttpRequest, user: int) -> HttpResponse:
    """Appoint an administrator."""
    form = AdministratorForm(request.POST)
    if form.is_valid():
        try:
            appoint(user=target(user), **form.cleaned_data, by=person(request), at=timezone.now())
        except LuoshiError as error:
            form.refuse(error, get_language() or "")
        else:
            messages.success(request, _("管理员已任命。"))
            return redirect("accounts:account", user)
    return account_page(request, user, administrator_form=form)


@requires("accounts.authorize")
@require_POST
def dismiss_administrator(request: HttpRequest, user: int) -> HttpResponse:
    """Let an administrator be none any more."""
    found = get_object_or_404(Administrator.objects.select_related("user"), user=user)
    return _done(
        request,
        found.user,
        lambda: dismiss(administrator=found, by=person(request), at=timezone.now()),
        _("管理员已免去。"),
    )


@requires("accounts.authorize")
@require_POST
def unlock(request: HttpRequest, user: int) -> HttpResponse:
    """Let a locked-out person try again."""
    found = target(user)
    return _done(
        request,
        found,
        lambda: operations.unlock(user=found, by=person(request), at=timezone.now()),
        _("账号已解锁。"),
    )


@requires("accounts.authorize")
@never_cache
@require_POST
def reset_password(request: HttpRequest, user: int) -> HttpResponse:
    """Give a temporary password; it is shown this once."""
    found = target(user)
    try:
        password = operations.reset_password(user=found, by=person(request), at=timezone.now())
    except LuoshiError as error:
        messages.error(request, error.message(get_language() or ""))
        return redirect("accounts:account", user)
    return render(request, "accounts/given.html", {"person": found, "password": password, "new": False})


@requires("accounts.authorize")
@require_POST
def reset_second_factor(request: HttpRequest, user: int) -> HttpResponse:
    """Take a lost second factor away."""
    found = target(user)
    return _done(
        request,
        found,
        lambda: operations.reset_second_factor(user=found, by=person(request), at=timezone.now()),
        _("两步验证已清除；此人凭密码登录后可重新启用。"),
    )


@requires("accounts.authorize")
@require_POST
def end_sessions(request: HttpRequest, user: int) -> HttpResponse:
    """End all sessions of a person."""
    found = target(user)
    ended = operations.end_sessions(user=found, by=person(request), at=timezone.now())
    said = ngettext("已结束 %(n)d 处登录。", "已结束 %(n)d 处登录。", ended) % {"n": ended}
    messages.success(request, said)
    return redirect("accounts:account", user)


def _done(request: HttpRequest, user: User, work: Callable[[], object], said: str) -> HttpResponse:
    """Do it, say so or say why not, and go back to the account."""
    try:
        work()
    except LuoshiError as error:
        messages.error(request, error.message(get_language() or ""))
    else:
        messages.success(request, said)
    return redirect("accounts:account", user.pk)
