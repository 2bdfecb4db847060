"""One's own tokens: made, shown once, revoked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from rules.permissions import has_perm

from luoshi.apps.api.forms.tokens import TokenForm
from luoshi.apps.api.models import Token
from luoshi.apps.api.operations.tokens import make_token, revoke_token
from luoshi.apps.api.queries.tokens import scopes_for, tokens_of
from luoshi.apps.interface.lists import page_of
from luoshi.apps.organization.access import person, requires
from luoshi.apps.plan.queries.wording import language
from luoshi.core.errors import LuoshiError


@requires("account.own")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens, and a form for another; a new one is shown on the page that answers, and never again."""
    user, now = person(request), timezone.now()
    sent = request.POST if request.method == "POST" else None
    scopes = scopes_for(user)
    form, given, made = TokenForm(sent, scopes=scopes), "", None
    if sent is not None and form.is_valid():
        try:
            made, given = make_token(user=user, by=user, at=now, **form.cleaned_data)
        except LuoshiError as refusal:
            form.add_error(None, refusal.message(language()))
        else:
            form = TokenForm(None, scopes=scopes)
    context = {
        "section": "account",
        "form": form,
        "scopes": scopes,
        "given": given,
        "made": made,
        "now": now,
        "page": page_of(request, tokens_of(user)),
        "office": has_perm("api.webhooks", user),
    }
    return render(request, "api/tokens.html", context, status=422 if form.errors else 200)


@requires("account.own")
@require_POST
def revoke(request: HttpRequest, token: int) -> HttpResponse:
    """Let one of one's own tokens open nothing any more."""
    user = person(request)
    found = get_object_or_404(Token, pk=token, user=user)
    revoke_token(token=found, by=user, at=timezone.now())
    messages.success(request, _("令牌已停用，使用它的程序从现在起会被拒绝。"))
    return redirect("api:tokens")
