"""The audit log as its administrator reads it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from luoshi.apps.audit.catalogue import TYPES
from luoshi.apps.audit.models import Event
from luoshi.apps.organization.models import Administrator, Role

SORTS = {"new": ("-at", "-pk"), "old": ("at", "pk")}
# Whose details tell of accounts and rights only; what others tell is the office's work.
OPEN_PARTS = ("accounts.", "organization.role.", "organization.administrator.", "organization.region.")
# The words for what such entries tell.
WORDS = {
    "user": _("用户"),
    "name": _("名称"),
    "body": _("所属单位"),
    "role": _("角色"),
    "kind": _("类别"),
    "before": _("原为"),
    "after": _("改为"),
    "address": _("来自"),
    "way": _("方式"),
    "failures": _("连续失败"),
    "sessions": _("会话数"),
    "reason": _("原因"),
    "entries": _("条数"),
    "filter": _("筛选"),
    "reset": _("由管理员清除"),
    "step": _("步骤"),
}
VALUES = {
    "password": _("密码"),
    "provider": _("统一身份认证"),
    "demo": _("演示"),
    "code": _("验证码"),
    "idle": _("久未操作"),
    "long": _("登录时间已满"),
}


def entries(
    *,
    text: str = "",
    since: date | None = None,
    until: date | None = None,
    type: str = "",
    thing: str = "",
    sort: str = "new",
) -> QuerySet[Event]:
    """Entries of the log, with the person who acted.

    Args:
        text: words that all stand in the name of the person who acted, or are the number of the object.
        since, until: days of the installation's own time zone, both included.
        type: a name of the catalogue, or empty.
        thing: a type of object, such as `plan.task`, or empty.
        sort: a key of `SORTS`.
    """
    found = Event.objects.select_related("actor")
    for word in text.split():
        found = found.filter(
            Q(actor__username__icontains=word) | Q(actor__first_name__icontains=word) | Q(object_id=word)
        )
    if since:
        found = found.filter(at__gte=_midnight(since))
    if until:
        found = found.filter(at__lt=_midnight(until + timedelta(days=1)))
    if type:
        found = found.filter(type=type)
    if thing:
        found = found.filter(object_type=thing)
    return found.order_by(*SORTS[sort])


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))


def object_types() -> list[tuple[str, str]]:
    """Every type of object that the log names, with its word."""
    labels = Event.objects.order_by("object_type").values_list("object_type", flat=True).distinct()
    return [(label, object_word(label)) for label in labels]


def object_word(label: str) -> str:
    """The word for a type of object.

    Example: `auth.user` is 用户.
    """
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label


def title(event: Event) -> str:
    """What was done, in words."""
    kind = TYPES.get(event.type)
    return str(kind.title) if kind else event.type


def told(event: Event) -> list[tuple[str, str]]:
    """The details of an entry that its administrator may read, as pairs of words."""
    if not event.type.startswith(OPEN_PARTS):
        return []
    return [(str(WORDS.get(key, key)), _plain(key, value)) for key, value in event.detail.items()]


def _plain(key: str, value: Any) -> str:
    if isinstance(value, dict):
        return "；".join(f"{WORDS.get(part, part)} {_plain(part, found)}" for part, found in value.items())
    if key == "role" and value in Role.Name.values:
        return str(Role.Name(value).label)
    if key == "kind" and value in Administrator.Kind.values:
        return str(Administrator.Kind(value).label)
    if value is True:
        return "✓"
    return str(VALUES.get(value, value)) if isinstance(value, str) else str(value)
