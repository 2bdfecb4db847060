"""What others ask about bodies."""

from __future__ import annotations

from luoshi.apps.organization.models import Body, BodyAlias


def bodies_by_name(region: str) -> dict[str, Body]:
    """The bodies of a region by every name that means exactly one of them: name, alias, short name.

    A full name goes before an alias, an alias before a short name; a short name of two bodies means neither.
    """
    bodies = {body.pk: body for body in Body.objects.filter(region_id=region).order_by("pk")}
    named: dict[str, Body] = {}
    shared: set[str] = set()
    for body in bodies.values():
        if body.short_name in named:
            shared.add(body.short_name)
        elif body.short_name:
            named[body.short_name] = body
    for name in shared:
        del named[name]
    aliases = BodyAlias.objects.filter(region_id=region).order_by("pk").values_list("name", "body_id")
    named.update((name, bodies[key]) for name, key in aliases)
    named.update((body.name, body) for body in bodies.values())
    return named
