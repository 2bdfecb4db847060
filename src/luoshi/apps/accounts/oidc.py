"""An outside provider of identities: it says who somebody is, and never makes an account."""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _

# Where a provider puts the user name: the claim of the standard, and what some send instead.
CLAIMS = ("preferred_username", "sub")


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Matches what the provider says with an account of ours, by user name."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Sign the person in who has that user name; refuse everybody else.

        Raises:
            ImmediateHttpResponse: no account that may sign in has it.
        """
        user = sociallogin.user if sociallogin.is_existing else _named(sociallogin.account.extra_data)
        if user is None or not user.is_active:
            messages.error(request, _("统一身份认证中的用户在这里没有可用的账号；请联系系统管理员。"))
            raise ImmediateHttpResponse(redirect("account_login"))
        if not sociallogin.is_existing:
            sociallogin.connect(request, user)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **details: Any) -> None:
        """Say so on our own page.

        Raises:
            ImmediateHttpResponse: always.
        """
        messages.error(request, _("统一身份认证没有完成；请重试，或用用户名和密码登录。"))
        raise ImmediateHttpResponse(redirect("account_login"))


def _named(data: dict[str, Any]) -> User | None:
    """The user whom these claims name."""
    told = {**data, **data.get("userinfo", {}), **data.get("id_token", {})}
    name = next((told[claim] for claim in CLAIMS if told.get(claim)), "")
    return User.objects.filter(username=name).first()
