"""Changes that can be undone: rows before and after, kept with what a person did.

A change is `{"model", "rows", "before", "after"}`: all `rows` (primary keys) had the values `before` and have
the values `after`. `before` is null for rows that were created; undoing deletes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Max

from luoshi.apps.plan.models import Finding, Plan, Settlement, Task
from luoshi.apps.plan.operations.refusals import ChangedSince, EditedMeanwhile, PlanIsConfirmed, PlanIsIssued

# Rows named in one statement: databases bound the number of parameters.
BATCH = 500


class Changes:
    """Makes changes and remembers them."""

    def __init__(self) -> None:
        self.made: list[dict[str, Any]] = []

    def change(self, row: models.Model, **values: Any) -> None:
        """Give one row new values (field names; `body_id` for a foreign key)."""
        before = _values(row, values)
        for name, value in values.items():
            setattr(row, name, value)
        after = _values(row, values)
        if before != after:
            row.save(update_fields=[row._meta.get_field(name).name for name in values])
            self._note(row, [row.pk], before, after)

    def change_all(self, model: type[models.Model], rows: Sequence[int], before: Any, after: Any) -> None:
        """Give many rows that have the values `before` the values `after`."""
        for keys in _batches(rows):
            model._base_manager.filter(pk__in=keys).update(**after)
        self._note(model, list(rows), before, after)

    def create(self, row: models.Model) -> None:
        """Add a row."""
        row.save(force_insert=True)
        self._note(row, [row.pk], None, None)

    def _note(self, model: Any, rows: list[int], before: Any, after: Any) -> None:
        self.made.append({"model": model._meta.label_lower, "rows": rows, "before": before, "after": after})


def _plain(value: Any) -> Any:
    """`value` as JSON keeps it."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _values(row: models.Model, names: Any) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in names}


def _batches(rows: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def put_back(changes: list[dict[str, Any]]) -> None:
    """Undo `changes`, the last first.

    Raises:
        ChangedSince: a row is no longer as the changes left it; nothing is undone then (the caller's
            transaction is rolled back by the exception).
    """
    for change in reversed(changes):
        model = apps.get_model(change["model"])
        before, after = change["before"], change["after"]
        for keys in _batches(change["rows"]):
            rows = model._base_manager.filter(pk__in=keys)
            found = list(rows)
            if len(found) != len(keys):
                raise ChangedSince
            if before is None:
                rows.delete()
                continue
            if any(_values(row, after) != after for row in found):
                raise ChangedSince
            rows.update(**{name: _field_value(model, name, value) for name, value in before.items()})


def _field_value(model: type[models.Model], name: str, value: Any) -> Any:
    field = model._meta.get_field(name)
    return value if field.is_relation or value is None else field.to_python(value)  # type: ignore[union-attr]


def lock_draft(plan: Plan) -> Plan:
    """The plan, locked until the end of the transaction, if it may still be changed.

    Raises:
        PlanIsConfirmed, PlanIsIssued: it is confirmed, or bodies work on it already.
    """
    locked = Plan.objects.select_for_update().get(pk=plan.pk)
    if locked.status == Plan.Status.ISSUED:
        raise PlanIsIssued(title=locked.title)
    if locked.status == Plan.Status.CONFIRMED:
        raise PlanIsConfirmed(title=locked.title)
    return locked


def check_version(task: Task, seen: int) -> None:
    """Refuse to change a task that is no longer as the person saw it. The plan must be locked.

    Raises:
        EditedMeanwhile: somebody else was faster.
    """
    if not Task.objects.filter(pk=task.pk, version=seen).exists():
        raise EditedMeanwhile(number=task.number)


def raise_version(task: Task) -> None:
    """Count a change of the task or of what belongs to it, so that forms opened before are refused."""
    Task.objects.filter(pk=task.pk).update(version=F("version") + 1)


def keep(
    changes: Changes,
    *,
    plan: Plan,
    kind: str,
    by: User,
    at: datetime,
    finding: Finding | None = None,
    task: Task | None = None,
    **detail: Any,
) -> Settlement:
    """Write down what was done, so that it can be undone. The plan must be locked."""
    last = Settlement.objects.filter(plan=plan).aggregate(last=Max("position"))["last"] or 0
    return Settlement.objects.create(
        region_id=plan.region_id,
        plan=plan,
        position=last + 1,
        kind=kind,
        finding=finding,
        task=task,
        detail=detail,
        changes=changes.made,
        by=by,
        at=at,
    )
