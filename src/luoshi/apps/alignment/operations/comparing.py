"""A plan beside a text from above: read, compared, settled pair by pair."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction

from luoshi.apps.alignment.models import Clause, Comparison, Pair, Settlement
from luoshi.apps.alignment.operations import refusals
from luoshi.apps.alignment.operations.marking import open_for_tasks
from luoshi.apps.alignment.operations.settling import Action, settle
from luoshi.apps.alignment.queries.duties import duties_of, reasons_of
from luoshi.apps.audit.operations import record
from luoshi.apps.document.operations import safe_name, store_document
from luoshi.apps.plan.models import Plan, Task
from luoshi.core.alignment import duty as core
from luoshi.core.alignment.matching import match
from luoshi.core.document.model import Document
from luoshi.core.plan import model
from luoshi.intake.sent import read_sent

BATCH = 500


def compare_file(*, plan: Plan, name: str, content: bytes, by: User, at: datetime) -> Comparison:
    """Put a plan beside a file, read in a process of its own as every other document is.

    Raises:
        LuoshiError: the file cannot be read, holds no clause, or is the plan's own.
    """
    document, read = read_sent(safe_name(name), content)
    return compare(plan=plan, document=document, read=read, content=content, by=by, at=at)


@transaction.atomic
def compare(
    *, plan: Plan, document: Document, read: model.Plan, content: bytes, by: User, at: datetime
) -> Comparison:
    """Put a plan beside a text from above; done again, what a person has settled stays.

    Raises:
        NoClauses: the text asks for nothing.
        ItsOwnText: it is the document of the plan.
    """
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    # On its own a document leaves its file in the database, joined it would bring it along.
    if document.sha256 == plan.document.sha256:
        raise refusals.ItsOwnText(file=document.name)
    clauses = core.duties_of(read)
    if not clauses:
        raise refusals.NoClauses(file=document.name)
    stored = store_document(region=plan.region_id, document=document, content=content, by=by, at=at)
    comparison, created = Comparison.objects.get_or_create(
        plan=plan,
        document=stored,
        defaults={
            "region_id": plan.region_id,
            "title": read.metadata.title or stored.name,
            "made_by": by,
            "made_at": at,
        },
    )
    rows = _store_clauses(comparison, clauses) if created else list(comparison.clauses.order_by("position"))
    _store_pairs(comparison, clauses, rows)
    record(
        type="alignment.comparison.made",
        object=comparison,
        region=plan.region_id,
        by=by,
        at=at,
        document=stored.sha256,
        clauses=len(rows),
        pairs=comparison.pairs.count(),
    )
    return comparison


def _store_clauses(comparison: Comparison, clauses: Iterable[core.Duty]) -> list[Clause]:
    rows = [
        Clause(
            region_id=comparison.region_id,
            comparison=comparison,
            position=position,
            number=one.number,
            text=one.text,
            start=one.span.start,
            end=one.span.end,
        )
        for position, one in enumerate(clauses)
    ]
    return Clause.objects.bulk_create(rows, batch_size=BATCH)


def _store_pairs(comparison: Comparison, clauses: Iterable[core.Duty], rows: list[Clause]) -> None:
    """The pairs that the texts suggest, beside those that a person has settled."""
    by_key = {one.key: row for one, row in zip(clauses, rows, strict=True)}
    comparison.pairs.filter(state=Settlement.SUGGESTED).delete()
    settled = set(comparison.pairs.values_list("clause", "task"))
    found = match(list(clauses), duties_of(Task.objects.filter(plan=comparison.plan_id)))
    Pair.objects.bulk_create(
        (
            Pair(
                region_id=comparison.region_id,
                comparison=comparison,
                clause=by_key[one.left],
                task_id=int(one.right),
                score=Decimal(str(round(one.likeness.score, 4))),
                reasons=reasons_of(one.likeness),
            )
            for one in found
            if (by_key[one.left].pk, int(one.right)) not in settled
        ),
        batch_size=BATCH,
    )


@transaction.atomic
def settle_pair(*, pair: Pair, action: Action, seen: int, by: User, at: datetime) -> Pair | None:
    """Confirm or refuse that a task carries out a clause, or take either back.

    Returns:
        The pair; None where a pair that a person made was taken back: nothing suggests it.

    Raises:
        SettledMeanwhile: somebody has settled it since the person looked.
        ClauseNeedless: it is to be confirmed, but the clause is marked as needing no task.
    """
    if action == "confirm":
        open_for_tasks(pair.clause_id)
    kept = Pair.objects.select_for_update(of=("self",)).select_related("clause", "task").get(pk=pair.pk)
    before = settle(kept, action, seen=seen, by=by, at=at)
    record(
        type="alignment.pair.settled",
        object=kept,
        region=kept.region_id,
        by=by,
        at=at,
        before=before,
        after=str(kept.state),
    )
    if kept.by_hand and kept.state == Settlement.SUGGESTED:
        Pair.objects.filter(pk=kept.pk).delete()
        return None
    return kept


@transaction.atomic
def pair_by_hand(*, clause: Clause, task: Task, by: User, at: datetime) -> Pair:
    """Say that a task carries out a clause, though the texts do not.

    Raises:
        NotOfComparison: the task stands in another plan.
        ClauseNeedless: the clause is marked as needing no task.
    """
    if task.plan_id != clause.comparison.plan_id:
        raise refusals.NotOfComparison(task=str(task))
    open_for_tasks(clause.pk)
    pair = Pair.objects.select_for_update().filter(clause=clause, task=task).first()
    if pair is None:
        pair = Pair(
            region_id=clause.region_id,
            comparison_id=clause.comparison_id,
            clause=clause,
            task=task,
            score=Decimal(0),
            by_hand=True,
        )
    before = pair.state if pair.pk else ""
    pair.state, pair.settled_by, pair.settled_at = Settlement.CONFIRMED, by, at
    pair.version += 1
    pair.save()
    record(
        type="alignment.pair.settled",
        object=pair,
        region=pair.region_id,
        by=by,
        at=at,
        before=str(before),
        after=str(pair.state),
    )
    return pair


@transaction.atomic
def remove_comparison(*, comparison: Comparison, by: User, at: datetime) -> None:
    """Take a comparison away with everything settled in it; the document stays."""
    record(
        type="alignment.comparison.removed",
        object=comparison,
        region=comparison.region_id,
        by=by,
        at=at,
        title=comparison.title,
        settled=comparison.pairs.exclude(state=Settlement.SUGGESTED).count(),
    )
    comparison.delete()
