"""A plan that was read becomes rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction

from luoshi.apps.audit.operations import record
from luoshi.apps.document.operations import storable, store_document
from luoshi.apps.plan.models import (
    Citation,
    Convention,
    Deadline,
    Finding,
    Measure,
    Plan,
    Section,
    Target,
    Task,
    TaskBody,
)
from luoshi.core.document.encoding import decode_declared
from luoshi.core.document.errors import DocumentError
from luoshi.core.document.model import Document
from luoshi.core.document.places import Lines, place_of, place_words
from luoshi.core.plan import model as core
from luoshi.core.plan.findings import WEIGHT, severity
from luoshi.core.source import Span

BATCH = 500
# Characters of a finding's quotation that are kept with it.
QUOTED = 120


@transaction.atomic
def import_document(
    *, region: str, document: Document, plan: core.Plan, content: bytes, by: User | None, at: datetime
) -> Plan:
    """Store a document and the plan that was read from it.

    Args:
        region: code of the region whose plan it is.
        content: the bytes of the file.

    Returns:
        The new plan, or the one that this region already has from the same bytes, untouched.
    """
    stored = store_document(region=region, document=document, content=content, by=by, at=at)
    kept = Plan.objects.filter(region_id=region, document=stored).first()
    if kept is not None:
        return kept
    made = _store_plan(region, stored.pk, plan.metadata, by, at)
    sections = _store_sections(made, plan.sections)
    tasks = _store_tasks(made, plan.tasks, sections)
    _store_parts(plan.tasks, tasks)
    _store_conventions(made, plan.conventions)
    _store_findings(made, plan, document, content, tasks)
    record(
        type="plan.plan.imported",
        object=made,
        region=region,
        by=by,
        at=at,
        file=document.name,
        sha256=document.sha256,
        tasks=len(plan.tasks),
        findings=len(plan.findings),
    )
    return made


def _store_plan(region: str, document: int, metadata: core.Metadata, by: User | None, at: datetime) -> Plan:
    said = {
        name: storable(getattr(metadata, name))
        for name in ("title", "issuer", "document_number", "index_number", "date", "published", "validity")
    }
    recipients = [storable(name) for name in metadata.recipients]
    spans = {name: [span.start, span.end] for name, span in metadata.spans.items()}
    return Plan.objects.create(
        region_id=region,
        document_id=document,
        created_by=by,
        created_at=at,
        recipients=recipients,
        read={**said, "recipients": recipients, "spans": spans},
        **said,
    )


def _store_sections(plan: Plan, sections: Sequence[core.Section]) -> dict[str, Section]:
    made = {
        section.id: Section(
            region_id=plan.region_id,
            plan=plan,
            key=section.id,
            position=position,
            number=section.number,
            title=storable(section.title),
            level=section.level,
            start=section.span.start,
            end=section.span.end,
        )
        for position, section in enumerate(sections)
    }
    Section.objects.bulk_create(made.values(), BATCH)
    _link_parents(Section, made, sections)
    return made


def _store_tasks(plan: Plan, tasks: Sequence[core.Task], sections: dict[str, Section]) -> dict[str, Task]:
    made = {
        task.id: Task(
            region_id=plan.region_id,
            plan=plan,
            key=task.id,
            position=position,
            number=task.number or "",
            section=sections[task.section] if task.section else None,
            title=storable(task.title or ""),
            text=storable(task.text),
            start=task.span.start,
            end=task.span.end,
            rule=task.rule,
            read={"title": storable(task.title or ""), "number": task.number or ""},
        )
        for position, task in enumerate(tasks)
    }
    Task.objects.bulk_create(made.values(), BATCH)
    _link_parents(Task, made, tasks)
    return made


def _link_parents(model: Any, made: dict[str, Any], values: Iterable[Any]) -> None:
    children = []
    for value in values:
        if value.parent is not None:
            made[value.id].parent = made[value.parent]
            children.append(made[value.id])
    model.objects.bulk_update(children, ["parent"], BATCH)


def _store_parts(tasks: Sequence[core.Task], made: dict[str, Task]) -> None:
    bodies: list[TaskBody] = []
    rest: dict[type[models.Model], list[Any]] = {Measure: [], Target: [], Deadline: [], Citation: []}
    for task in tasks:
        owner = made[task.id]
        mentions = [
            *((TaskBody.Role.LEAD, body) for body in task.leads),
            *((TaskBody.Role.RESPONSIBLE, body) for body in task.responsibles),
        ]
        for position, (role, body) in enumerate(mentions):
            values = {
                "role": str(role),
                "name": storable(body.name),
                "printed": storable(body.printed),
                "collective": body.collective,
            }
            bodies.append(_part(TaskBody, owner, position, body, values))
        rest[Measure] += _numbered(Measure, owner, task.measures, lambda m: {"text": storable(m.text)})
        rest[Target] += _numbered(Target, owner, task.targets, _target)
        rest[Deadline] += _numbered(Deadline, owner, task.deadlines, _deadline)
        rest[Citation] += _numbered(Citation, owner, task.citations, lambda c: {"title": storable(c.title)})
    TaskBody.everything.bulk_create(bodies, BATCH)
    for model, rows in rest.items():
        model._base_manager.bulk_create(rows, BATCH)


def _numbered(model: Any, owner: Task, values: Iterable[Any], say: Any) -> list[Any]:
    return [_part(model, owner, position, value, say(value)) for position, value in enumerate(values)]


def _part(model: Any, owner: Task, position: int, value: Any, fields: dict[str, Any]) -> Any:
    """A row of a task, with what was read kept beside what a person may change."""
    read = {
        name: f"{field:f}" if name == "value" and model is Target else field for name, field in fields.items()
    }
    return model(
        region_id=owner.region_id,
        task=owner,
        position=position,
        start=value.span.start,
        end=value.span.end,
        rule=getattr(value, "rule", ""),
        read=read,
        **fields,
    )


def _target(target: core.Target) -> dict[str, Any]:
    return {
        "quote": storable(target.quote),
        "comparator": target.comparator,
        "value": target.value,
        "unit": storable(target.unit),
        "of": storable(target.of or ""),
        "per": storable(target.per or ""),
        "by": target.by or "",
    }


def _deadline(deadline: core.Deadline) -> dict[str, Any]:
    return {"quote": storable(deadline.quote), "kind": deadline.kind, "value": deadline.value}


def _store_conventions(plan: Plan, conventions: Sequence[core.Convention]) -> None:
    Convention.objects.bulk_create(
        Convention(
            region_id=plan.region_id,
            plan=plan,
            position=position,
            kind=value.kind,
            quote=storable(value.quote),
            start=value.span.start,
            end=value.span.end,
        )
        for position, value in enumerate(conventions)
    )


def _store_findings(
    plan: Plan, read: core.Plan, document: Document, content: bytes, tasks: dict[str, Task]
) -> None:
    lines = _lines(document, content)
    owners = _Owners(read.tasks)
    Finding.objects.bulk_create(
        (
            Finding(
                region_id=plan.region_id,
                plan=plan,
                position=position,
                code=value.code,
                severity=WEIGHT[severity(value)],
                quote=storable(value.span.of(document.text)[:QUOTED]),
                start=value.span.start,
                end=value.span.end,
                details={name: storable(str(detail)) for name, detail in value.details.items()},
                candidates=[storable(candidate) for candidate in value.candidates],
                task=tasks.get(owners.of(value.span)),
                place=_place(document, value.span, lines),
            )
            for position, value in enumerate(read.findings)
        ),
        BATCH,
    )


def _lines(document: Document, content: bytes) -> Lines | None:
    """The lines of a text file, so that a place can be told as an editor tells it."""
    if document.format in {"txt", "html"}:
        with suppress(DocumentError):
            return Lines.of(decode_declared(content, file=document.name)[0])
    return None


def _place(document: Document, span: Span, lines: Lines | None) -> dict[str, str]:
    place = place_of(document, span)
    return {language: place_words(place, language, lines) for language in ("zh", "en")} if place else {}


class _Owners:
    """Which task a span belongs to: the innermost one around it."""

    def __init__(self, tasks: Sequence[core.Task]) -> None:
        self.tasks = sorted(tasks, key=lambda task: (task.span.start, -task.span.end, task.id))
        self.starts = [task.span.start for task in self.tasks]
        self.by_id = {task.id: task for task in tasks}

    def of(self, span: Span) -> str:
        """The key of the task around `span`; empty when there is none."""
        at = bisect_right(self.starts, span.start) - 1
        task = self.tasks[at] if at >= 0 else None
        while task is not None and not span.inside(task.span):
            task = self.by_id.get(task.parent or "")
        return task.id if task is not None else ""
