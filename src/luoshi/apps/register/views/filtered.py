"""The entries that an address asks for, by the filter that is made from the declaration."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from luoshi.apps.organization.access import person
from luoshi.apps.organization.models import Body
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.register.forms.filters import EntryFilter
from luoshi.apps.register.models import Entry
from luoshi.apps.register.queries.listing import listed, offered, visible
from luoshi.core.mechanism.declaration import Mechanism


def filtered(
    request: HttpRequest, mechanism: Mechanism, asked: QueryDict | None = None
) -> tuple[EntryFilter, dict[str, Any], QuerySet[Entry]]:
    """The filter, what was asked for, and the entries that the person may see.

    Args:
        asked: what was asked for; by default what stands in the address.
    """
    user = person(request)
    mine = visible(user, mechanism.key)
    holders = Body.objects.filter(pk__in=mine.order_by().values("holder")).values_list("pk", "name")
    form = EntryFilter(
        request.GET if asked is None else asked,
        mechanism=mechanism,
        holders=holders.order_by("name"),
        offered=offered(user, mechanism),
        language=language(),
    )
    wanted = form.wanted()
    rows = listed(
        user,
        mechanism,
        text=wanted["q"],
        state=wanted["state"],
        holder=int(wanted["holder"]) if wanted["holder"] else None,
        since=form.day("since"),
        until=form.day("until"),
        values=form.chosen(),
        late=bool(wanted["late"]),
        view=next((one for one in mechanism.views.saved if one.key == wanted["view"]), None),
        today=timezone.localdate(),
        sort=wanted["sort"] or "new",
    )
    return form, wanted, rows
