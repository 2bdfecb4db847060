"""A stored plan as the values of `core`: as persons settled it, for exports."""

from __future__ import annotations

from collections.abc import Collection

from luoshi.apps.document.models import StoredDocument
from luoshi.apps.plan import models
from luoshi.core.plan.model import (
    BodyMention,
    Citation,
    Convention,
    Deadline,
    Finding,
    Measure,
    Metadata,
    Plan,
    Section,
    Target,
    Task,
)
from luoshi.core.source import Span


def load_plan(plan: models.Plan, only: Collection[int] | None = None) -> Plan:
    """The plan with its text, in a fixed number of queries.

    What a person added has no place in the document: its span is the empty one where its task begins.
    Findings that were settled are left out.

    Args:
        plan: a stored plan.
        only: primary keys of the tasks to take; None takes all.
    """
    text = StoredDocument.objects.values_list("text", flat=True).get(pk=plan.document_id)
    sections = plan.sections.select_related("parent").order_by("position", "pk")
    tasks = (
        plan.tasks.select_related("section", "parent")
        .prefetch_related("bodies__body", "measures", "targets", "deadlines", "citations")
        .order_by("position", "pk")
    )
    doubts = plan.findings.filter(state=models.Finding.State.OPEN).order_by("start", "position", "pk")
    if only is not None:
        tasks = tasks.filter(pk__in=only)
        doubts = doubts.filter(task__in=only)
    return Plan(
        metadata=_metadata(plan),
        text=text,
        conventions=tuple(
            Convention(one.kind, Span(one.start, one.end), one.quote)
            for one in plan.conventions.order_by("position", "pk")
        ),
        sections=tuple(_section(section) for section in sections),
        tasks=tuple(_task(task) for task in tasks),
        findings=tuple(
            Finding(one.code, Span(one.start, one.end), dict(one.details), tuple(one.candidates))
            for one in doubts
        ),
    )


def _metadata(plan: models.Plan) -> Metadata:
    document = plan.document
    return Metadata(
        file=document.name,
        format=document.format,
        sha256=document.sha256,
        title=plan.title,
        issuer=plan.issuer,
        document_number=plan.document_number,
        index_number=plan.index_number,
        date=plan.date,
        published=plan.published,
        validity=plan.validity,
        recipients=tuple(plan.recipients),
    )


def _section(section: models.Section) -> Section:
    parent = section.parent.key if section.parent else None
    return Section(
        section.key, section.number, section.title, section.level, parent, Span(section.start, section.end)
    )


def _task(task: models.Task) -> Task:
    mentions = [(body.role, _mention(task, body)) for body in task.bodies.all()]
    return Task(
        id=task.key,
        number=task.number or None,
        title=task.title or None,
        section=task.section.key if task.section else None,
        parent=task.parent.key if task.parent else None,
        text=task.text,
        span=Span(task.start, task.end),
        leads=tuple(body for role, body in mentions if role == models.TaskBody.Role.LEAD),
        responsibles=tuple(body for role, body in mentions if role == models.TaskBody.Role.RESPONSIBLE),
        measures=tuple(Measure(one.text, _span(task, one)) for one in task.measures.all()),
        targets=tuple(_target(task, one) for one in task.targets.all()),
        deadlines=tuple(
            Deadline(one.quote, _span(task, one), one.kind, one.value, one.rule)
            for one in task.deadlines.all()
        ),
        citations=tuple(Citation(one.title, _span(task, one)) for one in task.citations.all()),
        rule=task.rule,
    )


def _mention(task: models.Task, body: models.TaskBody) -> BodyMention:
    name = body.body.name if body.body else body.name
    return BodyMention(name, body.printed, _span(task, body), body.collective, body.rule)


def _target(task: models.Task, one: models.Target) -> Target:
    return Target(
        one.quote,
        _span(task, one),
        one.comparator,
        one.value.normalize(),
        one.unit,
        one.of or None,
        one.per or None,
        one.by or None,
        one.rule,
    )


def _span(task: models.Task, part: models.task.TaskPart) -> Span:
    if part.start is None or part.end is None:
        return Span(task.start, task.start)
    return Span(part.start, part.end)
