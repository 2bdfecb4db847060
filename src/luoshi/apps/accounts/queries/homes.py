"""Where the work of a person begins."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.urls import reverse

from luoshi.apps.organization.models import Administrator
from luoshi.apps.organization.rules import administers, roles_of

HOMES = {
    Administrator.Kind.SYSTEM: "accounts:list",
    Administrator.Kind.SECURITY: "accounts:list",
    Administrator.Kind.AUDIT: "accounts:log",
}


def home_of(user: AbstractBaseUser | AnonymousUser) -> str:
    """The address of the first page of `user`; without any right it is their own account."""
    kind = administers(user)
    if kind:
        return reverse(HOMES[Administrator.Kind(kind)])
    return "/" if roles_of(user) or not user.is_authenticated else reverse("accounts:own")
