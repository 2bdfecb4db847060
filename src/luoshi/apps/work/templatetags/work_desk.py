"""The number of to-dos in the head of every page."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

from luoshi.apps.work.queries.badge import badge
from luoshi.apps.work.queries.desk import Scope, kinds_for

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_count(context: Context) -> int | None:
    """How many to-dos the visitor has, in one query; None for those who never have any, which cost none.

    A page that lists them all has counted them and says so with `desk_total`.
    """
    if (counted := context.get("desk_total")) is not None:
        return int(counted)
    user: Any = getattr(context.get("request"), "user", None)
    if user is None:
        return None
    scope = Scope.of(user)
    return badge(user, scope, timezone.now()) if kinds_for(scope) else None
