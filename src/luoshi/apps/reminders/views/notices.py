"""A person's digests, what they want, and the calendar that needs no signing in."""

from __future__ import annotations

from datetime import UTC, timedelta
from hashlib import sha256

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.apps.accounts.queries.language import language_of
from luoshi.apps.accounts.visitors import address_of
from luoshi.apps.interface.lists import page_of
from luoshi.apps.organization.access import open_to_everybody, person, requires
from luoshi.apps.reminders.forms.setting import SettingForm
from luoshi.apps.reminders.models import Digest
from luoshi.apps.reminders.operations.digesting import setting_of
from luoshi.apps.reminders.operations.reading import mark_read
from luoshi.apps.reminders.operations.setting import change_setting, make_feed, revoke_feed
from luoshi.apps.reminders.queries.feed import entries, owner_of
from luoshi.apps.reminders.queries.unread import digests_of
from luoshi.core.work.ics import calendar

# Calls of calendars from one address in a minute; programs ask a few times an hour.
MOST_CALLS, WINDOW = 30, timedelta(minutes=1)


@requires("work.view")
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """The digests of a person, the newest first."""
    context = {"section": "desk", "page": page_of(request, digests_of(person(request)))}
    return render(request, "reminders/list.html", context)


@requires("work.view")
@require_safe
def notice(request: HttpRequest, digest: int) -> HttpResponse:
    """One digest; opening it says that it was read."""
    found = get_object_or_404(Digest, pk=digest, user=person(request))
    mark_read(digest=found, at=timezone.now())
    context = {"section": "desk", "digest": found, "left": found.count - len(found.lines)}
    return render(request, "reminders/digest.html", context)


@requires("work.view")
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """When and how the person is reminded."""
    user = person(request)
    setting = setting_of(user)
    names = ("mail", "address", "hour", "quiet_from", "quiet_to")
    sent = request.POST if request.method == "POST" else None
    form = SettingForm(sent, initial={name: getattr(setting, name) for name in names})
    if sent is not None and form.is_valid():
        values = form.cleaned_data
        change_setting(
            user=user,
            mail=values["mail"],
            address=values["address"],
            hours=values["hours"],
            by=user,
            at=timezone.now(),
        )
        messages.success(request, _("提醒设置已保存。"))
        return redirect("reminders:settings")
    context = {"section": "desk", "form": form, "setting": setting, "account": user.email}
    return render(request, "reminders/settings.html", context, status=200 if sent is None else 422)


@requires("work.view")
@require_POST
@never_cache
def feed_address(request: HttpRequest) -> HttpResponse:
    """Make a new address of the calendar, which is shown this once, or end it."""
    user, at = person(request), timezone.now()
    if request.POST.get("step") == "revoke":
        revoke_feed(user=user, by=user, at=at)
        messages.success(request, _("日历订阅地址已停用。"))
        return redirect("reminders:settings")
    secret = make_feed(user=user, by=user, at=at)
    address = request.build_absolute_uri(reverse("reminders:feed", args=[secret]))
    return render(request, "reminders/feed.html", {"section": "desk", "address": address})


@open_to_everybody
@require_safe
@never_cache
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar of whoever has this secret: days and titles."""
    if _too_often(address_of(request)):
        return HttpResponse(status=429, headers={"Retry-After": str(int(WINDOW.total_seconds()))})
    user = owner_of(secret)
    if user is None:
        raise Http404
    today = timezone.localdate()
    # Programs that ask for it say nothing of the person's language.
    with override(language_of(user)):
        text = calendar(entries(user, today), name=_("落实待办"), at=timezone.now().astimezone(UTC))
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def _too_often(address: str) -> bool:
    """Whether an address has asked for calendars too often, so that secrets cannot be tried out."""
    key = f"feed:{sha256(address.encode()).hexdigest()[:32]}"
    if cache.add(key, 1, WINDOW.total_seconds()):
        return False
    try:
        return cache.incr(key) > MOST_CALLS
    except ValueError:
        # It ended just now.
        return False
