"""What apps that stand above put on pages of those beneath: they register here when they get ready.

A page names the place and the thing it shows; what stands there is another app's matter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Panel:
    """A template with what it shows; the request and its person are known to it."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


Build = Callable[[HttpRequest, Any], Panel | None]
_BUILDS: dict[str, list[Build]] = {}


def put(place: str, build: Build) -> Build:
    """Have `build(request, thing)` asked for a panel wherever a page has this place."""
    builds = _BUILDS.setdefault(place, [])
    if build not in builds:
        builds.append(build)
    return build


def panels_at(place: str, request: HttpRequest, thing: Any) -> list[Panel]:
    """The panels of a place, in the order in which their apps got ready."""
    found = (build(request, thing) for build in _BUILDS.get(place, ()))
    return [one for one in found if one is not None]
