"""Addresses of signing in, under the names by which the library asks for them.

Views of others are closed like ours until they are named here: what is not in this list cannot be reached.
"""

from allauth.account.views import LogoutView, ReauthenticateView
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.conf import settings
from django.urls import URLPattern, path

from luoshi.apps.accounts.middleware import before_password
from luoshi.apps.accounts.views import own, signing_in
from luoshi.apps.organization.access import open_to_everybody, requires

_own = requires("account.own")

urlpatterns: list[URLPattern] = [
    path("login/", open_to_everybody(signing_in.SignIn.as_view()), name="account_login"),
    path(
        "login/second/",
        open_to_everybody(factor.AuthenticateView.as_view()),
        name="mfa_authenticate",
    ),
    path("logout/", before_password(open_to_everybody(LogoutView.as_view())), name="account_logout"),
    path("account/confirm/", _own(ReauthenticateView.as_view()), name="account_reauthenticate"),
    path("account/confirm/second/", _own(factor.ReauthenticateView.as_view()), name="mfa_reauthenticate"),
    path("account/password/", own.password, name="account_change_password"),
    path("account/second-factor/", own.second_factor, name="mfa_index"),
    path("account/second-factor/on/", _own(totp.ActivateTOTPView.as_view()), name="mfa_activate_totp"),
    path("account/second-factor/off/", _own(totp.DeactivateTOTPView.as_view()), name="mfa_deactivate_totp"),
    path(
        "account/second-factor/codes/",
        _own(codes.ViewRecoveryCodesView.as_view()),
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/second-factor/codes/new/",
        _own(codes.GenerateRecoveryCodesView.as_view()),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/second-factor/codes/file/",
        _own(codes.DownloadRecoveryCodesView.as_view()),
        name="mfa_download_recovery_codes",
    ),
]

if settings.LUOSHI_OIDC:
    from allauth.socialaccount.providers.openid_connect import views as provider

    urlpatterns += [
        path(
            "login/with/<slug:provider_id>/",
            open_to_everybody(provider.login),
            name="openid_connect_login",
        ),
        path(
            "login/with/<slug:provider_id>/callback/",
            open_to_everybody(provider.callback),
            name="openid_connect_callback",
        ),
    ]
