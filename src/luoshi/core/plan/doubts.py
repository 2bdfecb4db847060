"""What was damaged or doubtful in a plan, for a person to settle."""

from __future__ import annotations

from luoshi.core.document.model import Document
from luoshi.core.plan.model import Finding, Plan
from luoshi.core.plan.reading import Reading


def find_doubts(
    reading: Reading, document: Document, plan: Plan, conflicts: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    return conflicts
