"""The addresses of the registry, for a small one with everything in it."""

from __future__ import annotations

from django.urls import reverse

from luoshi.apps.organization.models import Body, Membership


def addresses(bodies: dict[str, Body]) -> dict[str, str]:
    """Every page that is read."""
    group = bodies["各镇"].pk
    tie = Membership.objects.filter(group=group).first()
    return {
        "list": reverse("registry:list"),
        "groups": reverse("registry:groups"),
        "body": reverse("registry:body", args=[bodies["区民政局"].pk]),
        "members": reverse("registry:members", args=[group]),
        "workbook": reverse("registry:workbook"),
        "create": reverse("registry:create"),
        "change": reverse("registry:change", args=[bodies["区民政局"].pk]),
        **{
            change: reverse("registry:reorganize", args=[bodies["区民政局"].pk, change])
            for change in ("rename", "merge", "split", "replace")
        },
        "add-members": reverse("registry:add-members", args=[group]),
        "membership": reverse("registry:membership", args=[group, tie.pk if tie else 0]),
        "add-rule": reverse("registry:add-rule", args=[group]),
        "import": reverse("registry:import"),
    }
