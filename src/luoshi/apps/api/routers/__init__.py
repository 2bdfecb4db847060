"""The calls, area by area. Each calls one operation or query that a page calls too."""

from luoshi.apps.api.routers import (
    audit,
    bodies,
    editing,
    effects,
    evidence,
    groups,
    issuing,
    orders,
    periods,
    plans,
    registry,
    registry_files,
    reports,
    requests,
    reviewing,
    standing,
)

# An area with many calls is declared in several modules.
_OF_MODULES = (
    plans.area,
    editing.area,
    reviewing.area,
    registry.area,
    bodies.area,
    groups.area,
    effects.area,
    registry_files.area,
    issuing.area,
    periods.area,
    reports.area,
    evidence.area,
    requests.extensions,
    requests.adjustments,
    standing.area,
    orders.area,
    audit.area,
)
AREAS = tuple(dict.fromkeys(_OF_MODULES))
