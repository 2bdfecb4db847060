"""How the library that signs people in meets our accounts: words, log, second factor."""

from __future__ import annotations

import base64
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luoshi.apps.accounts.middleware import ask_for_password
from luoshi.apps.accounts.operations.sessions import (
    note_refused,
    note_sign_in,
    note_sign_out,
    password_is_due,
)
from luoshi.apps.accounts.queries.homes import home_of
from luoshi.apps.accounts.visitors import address_of

# What the library would say by templates of its own; everything that is not here it says silently.
SAID = {
    "mfa/messages/totp_activated.txt": _("两步验证已启用。"),
    "mfa/messages/totp_deactivated.txt": _("两步验证已停用。"),
    "mfa/messages/recovery_codes_generated.txt": _("已生成一组新的恢复码，旧的全部作废。"),
}
WRONG_CODE = _("验证码不对；请核对手机上的时间，输入当前的 6 位数字，或用一个恢复码。")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing in with a user name and password; nobody signs up."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("用户名或密码不对；请重新输入。"),
        "incorrect_password": _("密码不对；请重新输入。"),
        "too_many_login_attempts": _("试的次数太多；请过几分钟再试。"),
        "rate_limited": _("试的次数太多；请过几分钟再试。"),
        "incorrect_code": WRONG_CODE,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts nothing: wrong passwords are counted in the database, where every process sees them."""

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        note_refused(
            username=credentials.get("username", ""),
            address=address_of(request),
            failures=getattr(request, "axes_failures_since_start", None) or 0,
            limit=settings.AXES_FAILURE_LIMIT,
            at=timezone.now(),
        )

    def post_login(self, request: HttpRequest, user: Any, **hooks: Any) -> HttpResponse:
        by_provider = "sociallogin" in (hooks.get("signal_kwargs") or {})
        note_sign_in(
            user=user,
            way="provider" if by_provider else "password",
            address=address_of(request),
            at=timezone.now(),
        )
        if not by_provider and password_is_due(user):
            ask_for_password(request)
        if hooks.get("redirect_url") in {None, "", "/"}:
            # The front page is not everybody's.
            hooks["redirect_url"] = home_of(user)
        response: HttpResponse = super().post_login(request, user, **hooks)
        return response

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, User):
            note_sign_out(user=request.user, at=timezone.now())
        super().logout(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return home_of(request.user)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        messages.error(request, str(self.error_messages["username_password_mismatch"]))
        return redirect("account_login")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        said = message or SAID.get(message_template or "")
        if said:
            messages.add_message(request, level, str(said), extra_tags=extra_tags)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second factor; its secrets are encrypted, so that a copy of the database gives none away."""

    error_messages: ClassVar = {**DefaultMFAAdapter.error_messages, "incorrect_code": WRONG_CODE}

    def get_totp_label(self, user: Any) -> str:
        return str(user.get_username())

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode("ascii")).decode()


def _box() -> Fernet:
    """Seals with a key that follows from the installation's own."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"luoshi second factor")
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))
