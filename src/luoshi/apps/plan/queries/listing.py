"""The plans of a person's regions, and the findings of a plan, as lists."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from luoshi.apps.document.models import heavy
from luoshi.apps.plan.models import Finding, Plan, Task

PLAN_SORTS = {
    "imported": ("-created_at", "-pk"),
    "date": ("-date", "-pk"),
    "title": ("title", "pk"),
}
FINDING_SORTS = {
    "weight": ("severity", "start", "position", "pk"),
    "document": ("start", "severity", "position", "pk"),
    "kind": ("code", "start", "position", "pk"),
}


def plans(
    regions: Collection[str], *, text: str = "", status: str = "", sort: str = "imported"
) -> QuerySet[Plan]:
    """Plans of these regions, each with `task_count` and `open_findings`.

    Args:
        regions: codes.
        text: words that all stand in the title, issuer, document number or file name.
        status: `draft`, `confirmed`, or empty for both.
        sort: a key of `PLAN_SORTS`.
    """
    found = (
        Plan.objects.filter(region_id__in=regions)
        .select_related("document", "region")
        .defer("read", *heavy("document"))
    )
    for word in text.split():
        found = found.filter(
            Q(title__icontains=word)
            | Q(issuer__icontains=word)
            | Q(document_number__icontains=word)
            | Q(document__name__icontains=word)
        )
    if status:
        found = found.filter(status=status)
    return found.annotate(
        task_count=_count(Task.objects.all()),
        open_findings=_count(Finding.objects.filter(state=Finding.State.OPEN)),
    ).order_by(*PLAN_SORTS[sort])


def findings(
    plan: int,
    *,
    severity: int | None = None,
    state: str = "",
    code: str = "",
    text: str = "",
    sort: str = "weight",
) -> QuerySet[Finding]:
    """Findings of a plan.

    Args:
        plan: primary key.
        severity: 0 (error) to 2 (note), or None for all.
        state: `open`, `settled`, or empty for both.
        code: a code of the catalogue, or empty for all.
        text: words that all stand in the title or text of the finding's task, or are its number.
        sort: a key of `FINDING_SORTS`.
    """
    found = Finding.objects.filter(plan_id=plan).select_related("task")
    if severity is not None:
        found = found.filter(severity=severity)
    if state == "open":
        found = found.filter(state=Finding.State.OPEN)
    elif state == "settled":
        found = found.exclude(state=Finding.State.OPEN)
    if code:
        found = found.filter(code=code)
    for word in text.split():
        found = found.filter(
            Q(task__title__icontains=word) | Q(task__text__icontains=word) | Q(task__number=word)
        )
    return found.order_by(*FINDING_SORTS[sort])


def _count(rows: QuerySet[Task] | QuerySet[Finding]) -> Coalesce:
    counted = rows.filter(plan=OuterRef("pk")).order_by().values("plan").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())
