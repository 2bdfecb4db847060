"""Lives the cases of mechanisms through the product: real bodies, real people, the real operations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from django.contrib.auth.models import User
from django.utils.timezone import get_default_timezone

from luoshi.apps.indicator.queries.figures import Figures
from luoshi.apps.organization.models import Body, Region
from luoshi.apps.register import models
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.operations.taking import begin, bring_up_to_date, take_step
from luoshi.apps.register.queries.loading import loaded
from luoshi.apps.work.models import Blob
from luoshi.core.errors import LuoshiError
from luoshi.core.mechanism.cases import Case, CaseEntry, CaseStep
from luoshi.core.register.fields import FieldType
from luoshi.core.register.packing import pack
from luoshi.core.register.procedure import Actor


def moment(day: date) -> datetime:
    """Ten o'clock on a day of the region."""
    return datetime.combine(day, time(10), get_default_timezone()).astimezone(UTC)


class StoredCase:
    """One case in the database."""

    def __init__(self, case: Case, region: Region) -> None:
        self.case, self.region = case, region
        self.bodies = {
            one.key: Body.objects.create(region=region, name=one.name, kind=one.kind, line=one.line)
            for one in case.bodies
        }
        self.rows: dict[str, models.Entry] = {}

    def live(self) -> Iterator[str]:
        """Take every step, in turn; gives what went otherwise than expected."""
        tried = [(step, entry) for entry in self.case.entries for step in entry.steps]
        for step, entry in sorted(tried, key=lambda pair: pair[0].on):
            said = self._try(step, entry)
            if said != step.refused:
                yield f"{entry.key}: {step.do} on {step.on} gave “{said}”, expected “{step.refused}”"
        for row in self.rows.values():
            bring_up_to_date(entry=row, at=moment(self.case.today))
            row.refresh_from_db()

    def _try(self, step: CaseStep, entry: CaseEntry) -> str:
        at, actor = moment(step.on), step.by
        by = None if actor in (Actor.OUTSIDE, Actor.SYSTEM) else self._person(step.person or actor.value)
        row = self.rows.get(entry.key)
        if row is not None:
            bring_up_to_date(entry=row, at=at)
            row.refresh_from_db()
        given = self._given(entry, step)
        try:
            if row is None:
                self.rows[entry.key] = begin(
                    mechanism=entry.mechanism,
                    body=self.bodies[entry.body],
                    transition=step.do,
                    given=given,
                    actor=actor,
                    by=by,
                    at=at,
                    reason=step.reason,
                )
            else:
                body = self.bodies.get(step.body) or (row.pending if actor is Actor.RECEIVER else None)
                self.rows[entry.key] = take_step(
                    entry=row,
                    transition=step.do,
                    given=given,
                    seen=row.revision,
                    actor=actor,
                    by=by,
                    at=at,
                    body=body,
                    reason=step.reason,
                )
        except LuoshiError as error:
            return error.code
        return ""

    def _person(self, name: str) -> User:
        return User.objects.get_or_create(username=name, defaults={"last_name": name})[0]

    def _given(self, entry: CaseEntry, step: CaseStep) -> dict[str, object]:
        """Values of a case with keys of rows where the case has its own names."""
        register = catalogue().on(entry.mechanism, step.on).register
        found: dict[str, object] = {}
        for key, value in step.give.items():
            field = register.field.get(key)
            found[key] = value
            if field is None:
                continue
            if field.type is FieldType.BODY:
                found[key] = str(self.bodies[value].pk)
            elif field.type is FieldType.LINK and value in self.rows:
                found[key] = str(self.rows[value].pk)
            elif field.type in (FieldType.FILE, FieldType.FILES):
                for token in value if isinstance(value, list) else [value]:
                    self._file(entry.mechanism, key, token)
        return found

    def _file(self, mechanism: str, field: str, token: str) -> None:
        blob, _ = Blob.objects.get_or_create(sha256="0" * 64, defaults={"size": 1, "content": b"x"})
        models.EntryFile.objects.get_or_create(
            token=token,
            defaults={
                "region": self.region,
                "mechanism": mechanism,
                "field": field,
                "blob": blob,
                "name": "a.txt",
                "media": "text/plain",
                "size": 1,
                "at": moment(self.case.today),
            },
        )

    def figures(self) -> Iterator[str]:
        """Where the kept sums do not give the figures that the case says."""
        names = {str(body.pk): key for key, body in self.bodies.items()}
        for expected in self.case.figures:
            indicator = catalogue().latest(self.case.mechanism).indicator[expected.key]
            body = frozenset({self.bodies[expected.body].pk}) if expected.body else None
            figures = Figures(self.region.code, expected.period, bodies=body)
            found = figures.of(self.case.mechanism, indicator)
            said = found.standing if found.value is None else format(found.value.normalize(), "f")
            if said != expected.value:
                yield f"{expected.key}: {said}, expected {expected.value}"
            lacking = tuple(sorted(names[key] for key in found.lacking))
            if expected.lacking is not None and lacking != tuple(sorted(expected.lacking)):
                yield f"{expected.key}: lacking {lacking}, expected {expected.lacking}"

    def differences(self) -> Iterator[str]:
        """Where entries do not stand as the case says."""
        names = {str(body.pk): key for key, body in self.bodies.items()}
        for one in self.case.entries:
            row = self.rows.get(one.key)
            if row is None:
                if one.state:
                    yield f"{one.key} was never begun"
                continue
            entry = loaded(row)
            if one.state and entry.state != one.state:
                yield f"{one.key}: state {entry.state}, expected {one.state}"
            if one.holder and names[entry.holder] != one.holder:
                yield f"{one.key}: holder {names[entry.holder]}, expected {one.holder}"
            for key, limit in one.limits.items():
                clock = row.clocks.filter(limit=key).order_by("pk").last()
                if clock is None:
                    yield f"{one.key}: {key} never started"
                elif (limit.due and clock.due != limit.due) or (
                    limit.outcome and clock.outcome != limit.outcome
                ):
                    yield f"{one.key}: {key} {clock.due} {clock.outcome}, expected {limit}"
            packed = pack(entry.values)
            for key, value in one.values.items():
                if packed.get(key) != (value or None):
                    yield f"{one.key}: {key} is {packed.get(key)!r}, expected {value!r}"
