"""What the pages of the registry begin with: the regions and bodies that the person may see or change."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from rules.permissions import has_perm

from luoshi.apps.organization.access import check
from luoshi.apps.organization.models import Body, Region
from luoshi.apps.organization.rules import regions_of

VIEW, EDIT = "organization.view", "organization.edit"


def regions(request: HttpRequest, permission: str = VIEW) -> list[str]:
    """Codes of the regions for which the person has a permission."""
    return [
        code for code in regions_of(request.user) if has_perm(permission, request.user, Body(region_id=code))
    ]


def region(request: HttpRequest, permission: str = EDIT) -> str:
    """The region that the address asks for, else the first one.

    Raises:
        PermissionDenied: there is none for this person.
    """
    allowed = regions(request, permission)
    wanted = request.POST.get("region") or request.GET.get("region") or ""
    if not allowed or (wanted and wanted not in allowed):
        raise PermissionDenied
    return wanted or allowed[0]


def open_body(request: HttpRequest, body: int, permission: str = VIEW, **kinds: Any) -> Body:
    """The body with its region and parent.

    Args:
        kinds: further conditions, for pages that not every body has.

    Raises:
        Http404: there is none.
        PermissionDenied: the person may not.
    """
    found = get_object_or_404(Body.objects.select_related("region", "parent"), pk=body, **kinds)
    check(request, permission, found)
    return found


def frame(request: HttpRequest, body: Body | None = None) -> dict[str, Any]:
    """What every page of the registry, or of one body, needs to know."""
    editable = regions(request, EDIT)
    return {
        "section": "registry",
        "body": body,
        "may_edit": body.region_id in editable if body else bool(editable),
        # Asked for only where a page offers them.
        "editable": Region.objects.filter(pk__in=editable),
    }
