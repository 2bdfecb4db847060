"""The calls, area by area. Each calls one operation or query that a page calls too."""

from luoshi.apps.api.routers import (
    audit,
    evidence,
    issuing,
    orders,
    periods,
    plans,
    registry,
    reports,
    requests,
    reviewing,
    standing,
)

AREAS = (
    plans.area,
    reviewing.area,
    registry.area,
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
