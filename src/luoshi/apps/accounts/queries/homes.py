"""Where the work of a person begins."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.urls import reverse
from rules.permissions import has_perm

from luoshi.apps.organization.models import Administrator
from luoshi.apps.organization.rules import administers

HOMES = {
    Administrator.Kind.SYSTEM: "accounts:list",
    Administrator.Kind.SECURITY: "accounts:list",
    Administrator.Kind.AUDIT: "accounts:log",
}


def home_of(user: AbstractBaseUser | AnonymousUser) -> str:
    """The address of the first page of `user`; who may see no plan begins at their own account."""
    kind = administers(user)
    if kind:
        return reverse(HOMES[Administrator.Kind(kind)])
    return "/" if has_perm("plan.view", user) or not user.is_authenticated else reverse("accounts:own")
