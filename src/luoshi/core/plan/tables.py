"""Tasks in tables."""

from __future__ import annotations

from luoshi.core.document.model import Table
from luoshi.core.plan.assembly import Values
from luoshi.core.plan.conventions import Ruling
from luoshi.core.plan.model import Section, Task
from luoshi.core.plan.reading import Reading


def read_tables(
    reading: Reading, values: Values, tables: list[Table], rulings: list[Ruling], sections: int
) -> tuple[list[Section], list[Task]]:
    return [], []
