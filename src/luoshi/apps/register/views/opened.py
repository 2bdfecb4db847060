"""Finds what an address names, and refuses what the person may not see."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from luoshi.apps.organization.access import check
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.models import Entry
from luoshi.core.mechanism.catalogue import NoSuchMechanism
from luoshi.core.mechanism.declaration import Mechanism


def mechanism_of(key: str) -> Mechanism:
    """The version of a mechanism that is in force today; a later one is only announced.

    Raises:
        Http404: there is none.
    """
    try:
        return catalogue().current(key, timezone.localdate())
    except NoSuchMechanism as error:
        raise Http404 from error


def entry_of(request: HttpRequest, key: str, number: int, permission: str = "register.view") -> Entry:
    """An entry that the person may see.

    Raises:
        Http404, PermissionDenied.
    """
    rows = Entry.objects.select_related("region", "body", "holder", "pending")
    found = get_object_or_404(rows, mechanism=key, pk=number)
    check(request, permission, found)
    return found


def declared_of(entry: Entry) -> Mechanism:
    """The version of the rules that an entry follows."""
    return catalogue().version(entry.mechanism, entry.version)
