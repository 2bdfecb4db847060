"""Versions of a report: reading one, adding one, and the files it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils.timezone import localdate

from luoshi.apps.work.models import Evidence, EvidenceUse, Report, Revision
from luoshi.apps.work.operations.report_refusals import EvidenceNotYours, NoSuchRevision
from luoshi.apps.work.queries.forms import BY_KEY, form_of
from luoshi.core.work.prefill import Value, starting
from luoshi.core.work.values import pack, unpack

Values = dict[str, Value]


def values_at(report: Report, number: int, *, at: datetime) -> Values:
    """The values of a version; version 0 is the form as it was before anybody filled it in.

    Raises:
        NoSuchRevision: the report has no such version.
    """
    if number == 0:
        return starting(form_of(report.occurrence, on=localdate(at)))
    found = Revision.objects.filter(report=report, number=number).values_list("values", flat=True).first()
    if found is None:
        raise NoSuchRevision(number=number)
    return unpack(found)


def cleaned(values: Mapping[str, Value]) -> Values:
    """The values without fields that say nothing.

    Raises:
        KeyError: a report has no such field.
    """
    unknown = set(values) - set(BY_KEY)
    if unknown:
        raise KeyError(f"no such fields: {sorted(unknown)}")
    said: Values = {}
    for key, value in values.items():
        if isinstance(value, str):
            value = value.replace("\r\n", "\n").strip()
        if value not in ("", ()):
            said[key] = value
    return said


def own_files(report: Report, values: Mapping[str, Value], *known: Mapping[str, Value]) -> None:
    """Refuse files that another body has given.

    Args:
        known: versions whose files stand: those of a task that was taken over come with it.

    Raises:
        EvidenceNotYours: a file is not of the body that reports.
    """
    keys = _files(values).difference(*map(_files, known))
    found = Evidence.objects.filter(body=report.body_id, pk__in=keys).count() if keys else 0
    if found != len(keys):
        raise EvidenceNotYours()


def add_revision(
    report: Report,
    values: Values,
    *,
    base: int | None,
    by: User,
    at: datetime,
    kind: str = Revision.Kind.DRAFT,
    quotes: Sequence[Mapping[str, Any]] = (),
) -> Revision:
    """The next version of a report, and the files it rests on; `keep_rows` stores its number."""
    report.latest += 1
    added = Revision.objects.create(
        region_id=report.region_id,
        report=report,
        number=report.latest,
        base=base,
        kind=kind,
        values=pack(values),
        quotes=[quote for quote in quotes if quote["text"] in str(values.get(quote["field"], ""))],
        by=by,
        at=at,
    )
    use_files({report.pk: (report, values)})
    return added


def quotes_of(report: Report) -> list[dict[str, Any]]:
    """What the newest version quotes from others."""
    found = Revision.objects.filter(report=report, number=report.latest).values_list("quotes", flat=True)
    return list(found.first() or ())


def use_files(reports: Mapping[int, tuple[Report, Mapping[str, Value]]]) -> None:
    """Keep in step which files reports rest on, in three queries."""
    wanted = {(key, file) for key, (_, values) in reports.items() for file in _files(values)}
    kept = {
        (report, evidence): pk
        for pk, report, evidence in EvidenceUse.objects.filter(report__in=list(reports)).values_list(
            "pk", "report", "evidence"
        )
    }
    gone = [pk for pair, pk in kept.items() if pair not in wanted]
    if gone:
        EvidenceUse.objects.filter(pk__in=gone).delete()
    EvidenceUse.objects.bulk_create(
        EvidenceUse(region_id=reports[key][0].region_id, report_id=key, evidence_id=file)
        for key, file in sorted(wanted - set(kept))
    )


def _files(values: Mapping[str, Value]) -> set[int]:
    found: Iterable[Value] = values.values()
    return {int(key) for value in found if isinstance(value, tuple) for key in value}
