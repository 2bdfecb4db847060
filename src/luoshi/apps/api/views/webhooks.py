"""Webhooks of a region, for its office: where events go, and what became of each."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.apps.api.delivered import deliveries_sheet
from luoshi.apps.api.forms.webhooks import DeliveryFilter, WebhookForm, event_choices
from luoshi.apps.api.models import Webhook
from luoshi.apps.api.operations.webhooks import end_webhook, make_webhook
from luoshi.apps.api.queries.webhooks import deliveries_of, webhooks_of
from luoshi.apps.interface.lists import list_response, page_of
from luoshi.apps.interface.sheets import wants_sheet
from luoshi.apps.organization.access import check, person, requires
from luoshi.apps.organization.models import Role
from luoshi.apps.organization.rules import regions_with
from luoshi.apps.plan.queries.wording import language
from luoshi.core.errors import LuoshiError


@requires("api.webhooks")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: HttpRequest) -> HttpResponse:
    """The webhooks, and a form for another; its secret is shown on the page that answers, and never again."""
    user = person(request)
    regions = sorted(regions_with(user, Role.Name.OFFICE))
    sent = request.POST if request.method == "POST" else None
    form, made, secret = WebhookForm(sent), None, ""
    if sent is not None and form.is_valid():
        try:
            made, secret = make_webhook(region=regions[0], by=user, at=timezone.now(), **form.cleaned_data)
        except LuoshiError as refusal:
            form.add_error("url", refusal.message(language()))
        else:
            form = WebhookForm(None)
    context = {
        "section": "account",
        "form": form,
        "made": made,
        "secret": secret,
        "page": page_of(request, webhooks_of(regions)),
        "words": dict(event_choices()),
    }
    return render(request, "api/webhooks.html", context, status=422 if form.errors else 200)


@requires("api.webhooks")
@require_safe
def webhook(request: HttpRequest, webhook: int) -> HttpResponse:
    """What was sent to a webhook, and what became of it."""
    found = _open(request, webhook)
    form = DeliveryFilter(request.GET)
    wanted = form.wanted()
    rows = deliveries_of(
        found, text=wanted["q"], state=wanted["state"], kind=wanted["kind"], sort=wanted["sort"] or "new"
    )
    if wants_sheet(request):
        return deliveries_sheet(rows)
    context = {
        "section": "account",
        "webhook": found,
        "form": form,
        "page": page_of(request, rows),
        "words": dict(event_choices()),
    }
    return list_response(request, "api/webhook.html", "api/partials/deliveries.html", context)


@requires("api.webhooks")
@require_POST
def end(request: HttpRequest, webhook: int) -> HttpResponse:
    """Send nothing there any more."""
    end_webhook(webhook=_open(request, webhook), by=person(request), at=timezone.now())
    messages.success(request, _("已停用，不再向这个地址推送。"))
    return redirect("api:webhooks")


def _open(request: HttpRequest, webhook: int) -> Webhook:
    found = get_object_or_404(Webhook, pk=webhook)
    check(request, "api.webhooks", found)
    return found
