"""The open requests of a body as a workbook: written to be filled in offline, and read when it comes back.

Hidden columns hold the key of the request, the version that the row was written from, and a seal over what
stood in it, so that a row which was moved, or written from something else, is seen.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from io import BytesIO
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from xlsxwriter import Workbook

from luoshi.apps.plan.queries.names import heading
from luoshi.apps.work.models import Assignment, Occurrence, Report, Revision
from luoshi.apps.work.queries.along import ALONG
from luoshi.apps.work.queries.forms import forms_of
from luoshi.core.calendar.periods import Period
from luoshi.core.errors import Phrase
from luoshi.core.work.machines import JOINT_REPORT, REPORT
from luoshi.core.work.prefill import FIELDS, NOT_APPLICABLE, Form, Value, starting
from luoshi.core.work.values import unpack

SHEET = Phrase("报送", "Reports")
NOT_APPLICABLE_WORDS = Phrase("不适用", "not applicable")
MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key, heading and width; whether it is filled in, or hidden."""

    key: str
    words: Phrase
    width: int
    filled: bool = False
    hidden: bool = False


COLUMNS = (
    Column("id", Phrase("编号(勿改)", "Key (leave)"), 10, hidden=True),
    Column("base", Phrase("版本(勿改)", "Version (leave)"), 10, hidden=True),
    Column("seal", Phrase("校验(勿改)", "Seal (leave)"), 14, hidden=True),
    Column("plan", Phrase("方案", "Plan"), 28),
    Column("task", Phrase("任务", "Task"), 40),
    Column("period", Phrase("期次", "Period"), 14),
    Column("due", Phrase("到期日期", "Due"), 12),
    Column("last", Phrase("上期进展", "Last report"), 40),
    *(
        Column(
            field.key, Phrase(field.words.zh, field.words.en[:1].upper() + field.words.en[1:]), width, True
        )
        for field, width in zip(FIELDS[:5], (48, 10, 36, 36, 30), strict=True)
    ),
)
FILLED = tuple(column.key for column in COLUMNS if column.filled)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a workbook that came back: its number, its cells by column, the letters of the columns."""

    number: int
    cells: Mapping[str, str]
    letters: Mapping[str, str]
    sheet: str = ""

    def as_json(self) -> dict[str, Any]:
        """For storing."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Request:
    """An occurrence with all that the workbook needs of it.

    Attributes:
        occurrence: with its task, plan and body.
        report: if somebody has opened it.
        form: as it is prefilled now.
        values: of every version that was asked for, and of version 0.
    """

    occurrence: Occurrence
    report: Report | None
    form: Form
    values: Mapping[int, Mapping[str, Value]]

    @property
    def latest(self) -> int:
        """Number of the newest version."""
        return self.report.latest if self.report is not None else 0

    @property
    def editable(self) -> bool:
        """Whether its words may be changed now."""
        held = self.occurrence.assignment.state
        if self.occurrence.state != Occurrence.State.OPEN or held == Assignment.State.SUSPENDED:
            return False
        if held in Assignment.GONE:
            return False
        if self.report is None:
            return True
        machine = JOINT_REPORT if self.report.joint else REPORT
        return machine.state(self.report.state).editable

    def texts(self, base: int, language: str) -> dict[str, str]:
        """What stands in the cells to fill in, when the row is written from a version."""
        values = self.values.get(base, {})
        return {key: text_of(values.get(key), language) if key in self.columns else "" for key in FILLED}

    @property
    def columns(self) -> frozenset[str]:
        """Which fields its form has."""
        return frozenset(line.field.key for line in self.form.lines) & frozenset(FILLED)


def open_requests(bodies: Iterable[int]) -> QuerySet[Occurrence]:
    """What these bodies are asked to report now; what another report answers is not asked for again."""
    found = Occurrence.objects.filter(body__in=list(bodies), state=Occurrence.State.OPEN, answered_at=None)
    found = found.exclude(assignment__state__in=[Assignment.State.SUSPENDED, *Assignment.GONE]).exclude(ALONG)
    return found.order_by("due", "task__plan", "task__position", "body", "pk")


def requests_of(
    occurrences: QuerySet[Occurrence], *, on: date, bases: Mapping[int, int] | None = None
) -> list[Request]:
    """Occurrences with their reports and versions, in a fixed number of queries.

    Args:
        occurrences: in the order wanted.
        on: the day, for what is prefilled.
        bases: by key, a further version that is needed.
    """
    rows = list(
        occurrences.select_related("assignment__issue", "task__plan", "body").defer(
            "task__read", "task__plan__read"
        )
    )
    forms = forms_of(rows, on=on)
    reports = {report.occurrence_id: report for report in Report.objects.filter(occurrence__in=rows)}
    numbers = {report.latest for report in reports.values()} | set((bases or {}).values())
    versions: dict[int, dict[int, Mapping[str, Value]]] = {
        row.pk: {0: starting(forms[row.pk])} for row in rows
    }
    for one in Revision.objects.filter(report__in=list(reports.values()), number__in=numbers).select_related(
        "report"
    ):
        versions[one.report.occurrence_id][one.number] = unpack(one.values)
    return [Request(row, reports.get(row.pk), forms[row.pk], versions[row.pk]) for row in rows]


# --- writing ------------------------------------------------------------------------------------------


def write(requests: Sequence[Request]) -> bytes:
    """The workbook; cells to fill in are open, the others locked without a password."""
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    text = {"text_wrap": True, "valign": "top", "num_format": "@", "border": 1, "border_color": "#E3DED2"}
    head = {"bold": True, "valign": "top", "text_wrap": True, "bottom": 1}
    given, filled = (
        book.add_format({**text, "bg_color": "#F6F4EE"}),
        book.add_format({**text, "locked": False}),
    )
    heads = book.add_format({**head, "bg_color": "#EFECE3"}), book.add_format({**head, "bg_color": "#E2EEF2"})
    page = book.add_worksheet(speak(SHEET))
    for index, column in enumerate(COLUMNS):
        page.set_column(index, index, column.width, None, {"hidden": column.hidden})
        page.write_string(0, index, speak(column.words), heads[column.filled])
    for number, request in enumerate(requests, start=1):
        cells = cells_of(request)
        for index, column in enumerate(COLUMNS):
            page.write_string(number, index, cells[column.key], filled if column.filled else given)
    page.freeze_panes(1, 5)
    page.autofilter(0, 0, max(len(requests), 1), len(COLUMNS) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    allowed = {"autofilter": True, "format_columns": True, "format_rows": True, "format_cells": True}
    page.protect("", allowed)
    book.close()
    return buffer.getvalue()


def cells_of(request: Request) -> dict[str, str]:
    """The texts of a row."""
    occurrence, base = request.occurrence, request.latest
    known = {line.field.key: line.known for line in request.form.lines}
    last = known.get("progress")
    return {
        "id": str(occurrence.pk),
        "base": str(base),
        "seal": seal_of(occurrence.pk, base, request.texts(base, language())),
        "plan": str(occurrence.task.plan),
        "task": task_words(occurrence),
        "period": Period.parse(occurrence.period).label(language()),
        "due": occurrence.due.isoformat(),
        "last": text_of(last.value, language()) if last is not None else "",
        **request.texts(base, language()),
    }


def task_words(occurrence: Occurrence) -> str:
    """The number and title of a task."""
    task = occurrence.task
    return f"{task.number} {heading(task.number, task.title, task.text)}".strip()


def seal_of(occurrence: int, base: int, texts: Mapping[str, str]) -> str:
    """A seal over the cells to fill in: a row that still bears its own was not touched."""
    told = [occurrence, base, *(plain(texts.get(key, "")) for key in FILLED)]
    return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:16]


def plain(text: str) -> str:
    """A text without spaces at the ends of lines and without empty lines, which a spreadsheet may lose.

    Example:
        >>> plain(" 一 \\n\\n二 ").split()
        ['一', '二']
    """
    lines = (line.strip() for line in text.replace("\r", "\n").splitlines())
    return "\n".join(line for line in lines if line)


def text_of(value: Value | None, language: str) -> str:
    """A value as a cell shows it."""
    if value is NOT_APPLICABLE:
        return NOT_APPLICABLE_WORDS.en if language == "en" else NOT_APPLICABLE_WORDS.zh
    return "" if value is None or isinstance(value, tuple) else str(value)


def language() -> str:
    """`en`, or `zh`."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def speak(words: Phrase) -> str:
    """Words in the language of the person."""
    return words.en if language() == "en" else words.zh
