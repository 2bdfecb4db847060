"""The numbers of a report: those of its body and period now, and those that it carried when it was sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser, User
from django.utils.timezone import localdate
from rules.permissions import has_perm

from luoshi.apps.binding.models import Binding, CarriedFigure
from luoshi.apps.binding.queries.declared import indicator_of, mechanism_of
from luoshi.apps.indicator.queries.figures import Figures
from luoshi.apps.plan.queries.wording import target_words
from luoshi.apps.work.models import Assignment, Occurrence, Report
from luoshi.apps.work.operations.acting import editable
from luoshi.core.calendar.periods import Period
from luoshi.core.indicator.declaration import Indicator
from luoshi.core.indicator.figure import Figure

Bound = tuple[Binding, Indicator]


class Carrying:
    """The numbers of some requests, as they stand at a moment.

    A lead reports for the whole task: its numbers are those of the region. Every other body sees its own.
    """

    def __init__(self, occurrences: Iterable[Occurrence], at: datetime) -> None:
        self._at = at
        self._figures: dict[tuple[str, str, int | None], Figures] = {}
        tasks = {one.task_id for one in occurrences}
        rows = Binding.objects.filter(task__in=tasks, state=Binding.State.CONFIRMED)
        self._bound: dict[int, list[Bound]] = defaultdict(list)
        for row in rows.exclude(kind=Binding.Kind.DUTY).select_related("target").order_by("mechanism", "pk"):
            for indicator in _indicators(row):
                self._bound[row.task_id].append((row, indicator))

    def of(self, occurrence: Occurrence) -> list[CarriedFigure]:
        """The numbers of a request, not saved; without a target only those of which there is something."""
        bound = self._bound.get(occurrence.task_id, [])
        targets = {(row.mechanism, one.key) for row, one in bound if row.target_id is not None}
        found: list[CarriedFigure] = []
        for row, indicator in sorted(bound, key=lambda pair: pair[0].target_id is None):
            if row.target_id is None and (row.mechanism, indicator.key) in targets:
                continue
            one = self._carried(occurrence, row, indicator, len(found))
            if row.target_id is not None or one.entries:
                found.append(one)
        return found

    def _carried(
        self, occurrence: Occurrence, row: Binding, indicator: Indicator, position: int
    ) -> CarriedFigure:
        whole = occurrence.assignment.role == Assignment.Role.LEAD
        period = None if indicator.standing else Period.parse(occurrence.period)
        figures = self._numbers(occurrence, period, whole=whole)
        figure: Figure = figures.of(row.mechanism, indicator)
        return CarriedFigure(
            region_id=occurrence.region_id,
            position=position,
            mechanism=row.mechanism,
            indicator=indicator.key,
            target="" if row.target is None else target_words(row.target),
            whole=whole,
            period="" if period is None else period.key,
            label={"zh": indicator.label.zh, "en": indicator.label.en},
            words={"measure": indicator.measure.value, "unit": indicator.unit},
            standing=figure.standing,
            value=figure.value,
            top=figure.totals.top,
            base=figure.totals.base,
            entries=figure.totals.entries,
            lacking=figures.names(figure.lacking),
            at=self._at,
        )

    def _numbers(self, occurrence: Occurrence, period: Period | None, *, whole: bool) -> Figures:
        body = None if whole else occurrence.body_id
        key = (occurrence.region_id, "" if period is None else period.key, body)
        if key not in self._figures:
            bodies = None if body is None else frozenset({body})
            self._figures[key] = Figures(occurrence.region_id, period, bodies=bodies)
        return self._figures[key]


def _indicators(row: Binding) -> list[Indicator]:
    """The indicator of a target; of a mechanism all of them."""
    if row.kind == Binding.Kind.TARGET:
        found = indicator_of(row.mechanism, row.part)
        return [] if found is None else [found]
    mechanism = mechanism_of(row.mechanism)
    return [] if mechanism is None else list(mechanism.indicators)


def carried(report: Report, revision: int | None) -> list[CarriedFigure]:
    """What a report carried in a version, or in the latest one before it that was sent."""
    rows = CarriedFigure.objects.filter(report=report)
    sent = rows.filter(revision__lte=revision if revision is not None else report.latest)
    last = sent.order_by("-revision").values_list("revision", flat=True).first()
    return [] if last is None else list(rows.filter(revision=last).order_by("position"))


def figures_for(
    user: User | AnonymousUser, occurrence: Occurrence, *, version: int | None, at: datetime
) -> tuple[list[CarriedFigure], bool]:
    """The numbers of a request for a person, and whether they are fixed.

    Those that still move are seen by who reports, and by nobody else.
    """
    made: Report | None = getattr(occurrence, "report", None)
    if made is not None and made.sent is not None and not editable(made):
        return carried(made, version), True
    if not has_perm("work.report", user, occurrence):
        return [], False
    return Carrying([occurrence], at).of(occurrence), False


def day_of(found: list[CarriedFigure]) -> date | None:
    """The day for which numbers were computed."""
    return localdate(found[0].at) if found else None
