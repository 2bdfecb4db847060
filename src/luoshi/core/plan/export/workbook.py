"""Plans as an Excel workbook: tasks, duties of bodies, targets, deadlines, findings and documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from luoshi.core.errors import LuoshiError
from luoshi.core.plan.export.wording import (
    DAY,
    body_words,
    due_words,
    pick,
    severity_words,
    target_words,
    task_words,
)
from luoshi.core.plan.findings import WEIGHT, message, severity
from luoshi.core.plan.model import Plan, Task
from luoshi.core.plan.serial import number

# What Excel holds in one cell and on one sheet.
CELL_CHARACTERS = 32_767
SHEET_ROWS = 1_048_576

# Halves of characters outside the basic plane, which no file can hold. Sample: "\ud800"
LONE_SURROGATE = re.compile("[\ud800-\udfff]")

Value = str | int | float | date | None
Row = Sequence[Value]


class WorkbookTooLong(LuoshiError):
    """More rows than a sheet of a workbook has."""

    code = "export-too-long"
    zh = "工作表“{sheet}”超过 Excel 的 {limit} 行上限;请分批导出,或改用 jsonl 格式。"
    en = "The sheet “{sheet}” would pass the limit of {limit} rows; export in parts, or use jsonl."


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, its columns (heading and width in characters), and the rows that a plan gives."""

    name: tuple[str, str]
    columns: tuple[tuple[str, str, int], ...]
    rows: Callable[[Plan, str], Iterable[Row]]


def to_workbook(plans: Iterable[Plan], language: str = "zh") -> bytes:
    """The plans as one xlsx file: every sheet filters, prints on A4 across and repeats its heading.

    The same plans always give the same bytes. A text too long for a cell is cut and says so.

    Args:
        plans: what was read; each row names its document.
        language: `zh` or `en`, for everything that does not come from the plans.

    Raises:
        WorkbookTooLong: a sheet would have more rows than Excel knows.
    """
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    # Without this the library writes the time of day into the file.
    book.set_properties({"created": datetime(2000, 1, 1), "title": "Luoshi"})  # noqa: DTZ001 (Excel has no zones)
    writers = [_Writer(book, sheet, language) for sheet in SHEETS]
    for plan in plans:
        for writer in writers:
            writer.write(plan)
    for writer in writers:
        writer.finish()
    book.close()
    return buffer.getvalue()


class _Writer:
    """A sheet that is being filled."""

    def __init__(self, book: Workbook, sheet: Sheet, language: str) -> None:
        self.sheet, self.language, self.row = sheet, language, 0
        self.name = pick(language, *sheet.name)
        self.page: Worksheet = book.add_worksheet(self.name)
        heading = book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "valign": "vcenter"})
        self.text: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self.day: Format = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        for column, (zh, en, width) in enumerate(sheet.columns):
            self.page.set_column(column, column, width)
            self.page.write_string(0, column, pick(language, zh, en), heading)

    def write(self, plan: Plan) -> None:
        for row in self.sheet.rows(plan, self.language):
            self.row += 1
            if self.row >= SHEET_ROWS:
                raise WorkbookTooLong(sheet=self.name, limit=SHEET_ROWS)
            for column, value in enumerate(row):
                self._cell(column, value)

    def _cell(self, column: int, value: Value) -> None:
        if value is None or value == "":
            return
        if isinstance(value, date):
            self.page.write_datetime(self.row, column, value, self.day)
        elif isinstance(value, str):
            self.page.write_string(self.row, column, _fitting(value, self.language), self.text)
        else:
            self.page.write_number(self.row, column, value, self.text)

    def finish(self) -> None:
        last = len(self.sheet.columns) - 1
        self.page.freeze_panes(1, 0)
        self.page.autofilter(0, 0, max(self.row, 1), last)
        self.page.repeat_rows(0)
        self.page.set_landscape()
        self.page.set_paper(9)  # A4
        self.page.fit_to_pages(1, 0)


def _fitting(text: str, language: str) -> str:
    text = LONE_SURROGATE.sub("\ufffd", text)
    if len(text) <= CELL_CHARACTERS:
        return text
    mark = pick(language, "…(超出单元格上限,此处截断)", "… (cut here: too long for a cell)")
    return text[: CELL_CHARACTERS - len(mark)] + mark


def _document(plan: Plan) -> str:
    return plan.metadata.file


def _label(task: Task) -> tuple[str | None, str]:
    return task.number, task_words(task)


def _tasks(plan: Plan, language: str) -> Iterable[Row]:
    titles = {section.id: f"{section.number} {section.title}".strip() for section in plan.sections}
    for task in plan.tasks:
        yield (
            _document(plan),
            titles.get(task.section or "", ""),
            *_label(task),
            body_words(task.leads, language),
            body_words(task.responsibles, language),
            "\n".join(target_words(target, language) for target in task.targets),
            "\n".join(due_words(due, language) for due in task.deadlines),
            "".join(f"《{cited.title}》" for cited in task.citations),
            task.text.strip(),
        )


def _duties(plan: Plan, language: str) -> Iterable[Row]:
    for task in plan.tasks:
        for role, bodies in (
            (pick(language, "牵头", "lead"), task.leads),
            (pick(language, "责任", "responsible"), task.responsibles),
        ):
            for body in bodies:
                yield _document(plan), body.name, role, *_label(task)


def _targets(plan: Plan, language: str) -> Iterable[Row]:
    for task in plan.tasks:
        for target in task.targets:
            yield (
                _document(plan),
                *_label(task),
                target.of,
                target.comparator,
                number(target.value),
                target.unit,
                target.per,
                target.by,
                target.quote,
                body_words(task.leads, language),
            )


def _deadlines(plan: Plan, language: str) -> Iterable[Row]:
    for task in plan.tasks:
        for due in task.deadlines:
            match = DAY.fullmatch(due.value)
            day = date.fromisoformat(due.value) if match and match["year"] != "-" else None
            words = due_words(due, language)
            yield _document(plan), *_label(task), day, words, due.quote, body_words(task.leads, language)


def _findings(plan: Plan, language: str) -> Iterable[Row]:
    for finding in sorted(plan.findings, key=lambda f: (WEIGHT[severity(f)], f.span, f.code)):
        yield (
            _document(plan),
            severity_words(severity(finding), language),
            finding.code,
            message(finding, language),
            finding.span.of(plan.text),
            finding.span.start,
            "、".join(finding.candidates),
        )


def _documents(plan: Plan, language: str) -> Iterable[Row]:
    known = plan.metadata
    yield (
        known.file,
        known.title,
        known.issuer,
        known.document_number,
        known.index_number,
        known.date,
        pick(language, "、", "; ").join(known.recipients),
        len(plan.tasks),
        len(plan.findings),
        known.sha256,
    )


FILE = ("文件", "Document", 18)
NUMBER = ("编号", "No.", 8)
TASK = ("任务", "Task", 32)
LEADS = ("牵头单位", "Lead bodies", 24)
SHEETS = (
    Sheet(
        ("任务", "Tasks"),
        (
            *(FILE, ("章节", "Section", 24), NUMBER, TASK, LEADS),
            *(("责任单位", "Responsible bodies", 32), ("目标", "Targets", 24), ("时限", "Due", 16)),
            *(("引用文件", "Cited documents", 24), ("原文", "Text", 80)),
        ),
        _tasks,
    ),
    Sheet(
        ("单位分工", "Duties"),
        (FILE, ("单位", "Body", 28), ("角色", "Role", 12), NUMBER, TASK),
        _duties,
    ),
    Sheet(
        ("目标", "Targets"),
        (
            *(FILE, NUMBER, TASK, ("指标", "Of", 24), ("比较", "Comparator", 10), ("数值", "Value", 10)),
            *(("单位", "Unit", 10), ("每", "Per", 12), ("期限", "By", 12), ("原文", "Quotation", 40), LEADS),
        ),
        _targets,
    ),
    Sheet(
        ("时限", "Deadlines"),
        (FILE, NUMBER, TASK, ("日期", "Day", 12), ("时限", "Due", 20), ("原文", "Quotation", 40), LEADS),
        _deadlines,
    ),
    Sheet(
        ("问题", "Findings"),
        (
            *(FILE, ("级别", "Weight", 10), ("代码", "Code", 22), ("说明", "Message", 48)),
            *(("原文", "Quotation", 40), ("字符位置", "Character", 12), ("候选", "Candidates", 32)),
        ),
        _findings,
    ),
    Sheet(
        ("文件", "Documents"),
        (
            *(FILE, ("标题", "Title", 48), ("发布机构", "Issued by", 32), ("文号", "Document number", 22)),
            *(("索引号", "Index number", 28), ("成文日期", "Date", 12), ("主送机关", "To", 48)),
            *(("任务数", "Tasks", 10), ("问题数", "Findings", 10), ("SHA-256", "SHA-256", 24)),
        ),
        _documents,
    ),
)
