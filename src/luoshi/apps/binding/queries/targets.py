"""Targets of a plan as they are computed: one number each, for the person who looks.

For a whole plan the number of queries stays the same: its bindings once, the sums and the bodies once for
numbers of the day and once for each year.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import QuerySet

from luoshi.apps.binding.models import Binding
from luoshi.apps.binding.queries.declared import indicator_of
from luoshi.apps.indicator.queries.figures import Figures
from luoshi.apps.indicator.queries.scope import Scope, scopes
from luoshi.apps.plan.models import Target
from luoshi.core.calendar.periods import Period
from luoshi.core.indicator.declaration import Indicator, Measure
from luoshi.core.indicator.figure import Figure
from luoshi.core.mechanism.reaching import reaches


@dataclass(frozen=True, slots=True)
class Computed:
    """A target with its number.

    Attributes:
        met: whether it is reached; None where there is nothing to compare.
        period: of a number that belongs to one; None for a number of the day.
        on: the day for which it was computed.
        lacking: of a coverage: the bodies that have none.
        whole: whether it is that of the region, not only of the person's bodies.
    """

    target: Target
    mechanism: str
    indicator: Indicator
    figure: Figure
    met: bool | None
    period: Period | None
    on: date
    region: str
    lacking: tuple[str, ...]
    whole: bool

    @property
    def is_coverage(self) -> bool:
        """Whether bodies of a roster are counted."""
        return self.indicator.measure is Measure.COVERAGE


class Targets:
    """The computed targets of one plan."""

    def __init__(self, plan: int, region: str, user: User | AnonymousUser, today: date) -> None:
        self._plan, self._region, self._user, self._today = plan, region, user, today
        self._figures: dict[str, Figures] = {}

    def of(self, target: Target) -> Computed | None:
        """A target with its number; None where no person has bound it, or the person sees no numbers."""
        row = self._bound.get(target.pk)
        if row is None:
            return None
        indicator, scope = indicator_of(row.mechanism, row.part), self._scope
        if indicator is None or scope is None:
            return None
        period = None if indicator.standing else year_of(target, self._today)
        figures = self._numbers(period, scope)
        figure = figures.of(row.mechanism, indicator)
        return Computed(
            target,
            row.mechanism,
            indicator,
            figure,
            reaches(indicator, figure, target.comparator, target.value, target.unit),
            period,
            self._today,
            self._region,
            tuple(figures.names(figure.lacking)),
            scope.bodies is None,
        )

    def all_of(self, targets: Iterable[Target]) -> list[Computed]:
        """Those of some targets that are computed."""
        return [found for found in map(self.of, targets) if found is not None]

    @cached_property
    def _bound(self) -> dict[int, Binding]:
        rows = confirmed_targets(Binding.objects.filter(plan=self._plan)).order_by()
        return {row.target_id: row for row in rows if row.target_id is not None}

    @cached_property
    def _scope(self) -> Scope | None:
        found = (one for one in scopes(self._user) if one.region.pk == self._region)
        return next(found, None)

    def _numbers(self, period: Period | None, scope: Scope) -> Figures:
        key = "" if period is None else period.key
        if key not in self._figures:
            self._figures[key] = Figures(self._region, period, bodies=scope.bodies)
        return self._figures[key]


def confirmed_targets(rows: QuerySet[Binding]) -> QuerySet[Binding]:
    """Those that a person has confirmed as the number of a target."""
    return rows.filter(kind=Binding.Kind.TARGET, state=Binding.State.CONFIRMED)


def year_of(target: Target, today: date) -> Period:
    """The year whose entries count: the running one, or that by whose end the target was to be reached."""
    said = (target.by or "")[:4]
    year = min(int(said), today.year) if said.isdigit() and len(said) == 4 else today.year
    return Period.parse(str(year))
