"""One's own account: who one is here, the password, the second factor, the sessions."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.apps.accounts.forms.account import PasswordForm
from luoshi.apps.accounts.middleware import before_password, has_own_password
from luoshi.apps.accounts.operations import change_password, end_session, end_sessions
from luoshi.apps.accounts.operations.sessions import password_is_due
from luoshi.apps.accounts.queries.people import duties_of
from luoshi.apps.accounts.queries.sessions import places
from luoshi.apps.organization.access import person, requires
from luoshi.core.errors import LuoshiError


@requires("account.own")
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """The page of one's own account."""
    user = person(request)
    factors = {one.type: one for one in Authenticator.objects.filter(user=user)}
    codes = factors.get(Authenticator.Type.RECOVERY_CODES)
    context = {
        "section": "account",
        "account": getattr(user, "account", None),
        "duties": duties_of(user),
        "has_password": user.has_usable_password(),
        "totp": factors.get(Authenticator.Type.TOTP),
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
        "places": places(user, here=request.session.session_key or "", at=timezone.now()),
    }
    return render(request, "accounts/own.html", context)


@requires("account.own")
@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Where the library goes back to; all of it stands on the page of the account."""
    return redirect("accounts:own")


@before_password
@requires("account.own")
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Choose a new password."""
    user = person(request)
    if not user.has_usable_password():
        # The person at this machine, and whoever signs in elsewhere.
        messages.info(request, _("这个账号没有密码，不用修改。"))
        return redirect("accounts:own")
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            change_password(
                user=user,
                present=form.cleaned_data["present"],
                password=form.cleaned_data["password"],
                by=user,
                at=timezone.now(),
            )
        except LuoshiError as error:
            form.refuse(error, get_language() or "")
        else:
            update_session_auth_hash(request, user)
            has_own_password(request)
            UserSession.objects.create_from_request(request)
            messages.success(request, _("密码已修改；在别处的登录已全部结束。"))
            return redirect("accounts:own")
    context = {
        "section": "account",
        "form": form,
        "rules": password_validators_help_texts(),
        "due": password_is_due(user),
    }
    return render(request, "accounts/password.html", context, status=422 if form.errors else 200)


@requires("account.own")
@require_POST
def leave(request: HttpRequest, session: int) -> HttpResponse:
    """End one session of one's own."""
    user = person(request)
    found = get_object_or_404(UserSession, pk=session, user=user)
    end_session(session=found, by=user, at=timezone.now())
    messages.success(request, _("该处的登录已结束。"))
    return redirect("accounts:own")


@requires("account.own")
@require_POST
def leave_others(request: HttpRequest) -> HttpResponse:
    """End every session of one's own but this one."""
    user = person(request)
    end_sessions(user=user, but=request.session.session_key or "", by=user, at=timezone.now())
    messages.success(request, _("其他各处的登录已全部结束。"))
    return redirect("accounts:own")
