"""People and what they may do, as lists and words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _

from luoshi.apps.organization.models import Administrator, Role
from luoshi.apps.organization.rules import administers, roles_of

SORTS = {
    "name": ("first_name", "username", "pk"),
    "username": ("username", "pk"),
    "seen": ("-last_login", "username", "pk"),
    "new": ("-date_joined", "-pk"),
}

_ORDER = Role.Name.values


def duties_of(user: AbstractBaseUser | AnonymousUser) -> list[str]:
    """What `user` does, one line a role."""
    kind = administers(user)
    if kind:
        return [str(Administrator.Kind(kind).label)]
    return list(dict.fromkeys(role_words(role) for role in roles_of(user)))


def role_words(role: Role) -> str:
    """A role and for whom it is held."""
    return _("%(role)s（%(whom)s）") % {
        "role": role.get_name_display(),
        "whom": role.body.name if role.body else role.region.name,
    }


def people(
    *, text: str = "", state: str = "", duty: str = "", sort: str = "name", at: datetime
) -> QuerySet[User]:
    """Accounts, each with `kind` (of administrator) and `is_locked`, their roles and body at hand.

    Args:
        text: words that all stand in the user name, the person's name or the name of their body.
        state: `active`, `disabled`, `locked`, `due` (a temporary password), or empty.
        duty: the name of a role, `system`, `security`, `audit`, `none`, or empty.
        sort: a key of `SORTS`.
        at: when it is looked at; a lock ends by itself.
    """
    held = Role.objects.filter(user=OuterRef("pk"))
    post = Administrator.objects.filter(user=OuterRef("pk"))
    found = (
        User.objects.select_related("account__body")
        .prefetch_related("plan_roles__region", "plan_roles__body")
        .annotate(kind=Subquery(post.values("kind")[:1]), is_locked=Exists(_locks(at)))
    )
    for word in text.split():
        found = found.filter(
            Q(username__icontains=word)
            | Q(first_name__icontains=word)
            | Q(account__body__name__icontains=word)
        )
    states = {
        "active": Q(is_active=True),
        "disabled": Q(is_active=False),
        "locked": Q(is_locked=True),
        "due": Q(account__password_due=True),
    }
    if state:
        found = found.filter(states[state])
    if duty == "none":
        found = found.filter(~Exists(held), ~Exists(post))
    elif duty in Administrator.Kind.values:
        found = found.filter(Exists(post.filter(kind=duty)))
    elif duty:
        found = found.filter(Exists(held.filter(name=duty)))
    return found.order_by(*SORTS[sort])


def _locks(at: datetime) -> QuerySet[Any]:
    """The failures that lock an account right now, as axes counts them: of every browser together."""
    recent: QuerySet[Any] = AccessAttempt.objects.filter(
        username=OuterRef("username"), attempt_time__gte=at - settings.AXES_COOLOFF_TIME
    )
    counted: QuerySet[Any] = (
        recent.order_by()
        .values("username")
        .annotate(failures=Sum("failures_since_start"))
        .filter(failures__gte=settings.AXES_FAILURE_LIMIT)
    )
    return counted


def demo_people(prefix: str) -> list[tuple[str, list[User]]]:
    """The made-up people that may be tried, by what they do: the office first, administrators last.

    Args:
        prefix: what their user names begin with.
    """
    found: Iterable[User] = (
        User.objects.filter(username__startswith=prefix, is_active=True)
        .prefetch_related("plan_roles__region", "plan_roles__body")
        .select_related("administrator")
        .order_by("username")
    )
    groups: dict[tuple[int, str], list[User]] = {}
    for user in found:
        post = getattr(user, "administrator", None)
        roles = list(user.plan_roles.all())
        if post:
            place = len(_ORDER) + Administrator.Kind.values.index(post.kind)
            groups.setdefault((place, str(post.get_kind_display())), []).append(user)
        elif roles:
            place = min(_ORDER.index(role.name) for role in roles)
            words = "、".join(dict.fromkeys(role_words(role) for role in roles))
            groups.setdefault((place, words), []).append(user)
    return [(words, groups[place, words]) for place, words in sorted(groups)]
