"""A report that is sent carries its numbers: they are fixed in the transaction that sends it."""

from __future__ import annotations

from datetime import datetime

from luoshi.apps.binding.models import CarriedFigure
from luoshi.apps.binding.queries.carrying import Carrying
from luoshi.apps.work.models import Report


def carry(reports: list[Report], at: datetime) -> None:
    """Fix the numbers of reports that have just been sent, each with the version that went up.

    A version that went up before keeps what it carried.
    """
    keys = [one.pk for one in reports]
    known = set(CarriedFigure.objects.filter(report__in=keys).values_list("report", "revision").distinct())
    fresh = [one for one in reports if (one.pk, one.latest) not in known]
    carrying = Carrying([one.occurrence for one in fresh], at)
    rows = []
    for report in fresh:
        for one in carrying.of(report.occurrence):
            one.report, one.revision = report, report.latest
            rows.append(one)
    CarriedFigure.objects.bulk_create(rows)
