"""What a workbook of reports would do: the changes row by row, and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from luoshi.apps.interface.returned import Fault, grids, letter
from luoshi.apps.work.models import Occurrence
from luoshi.apps.work.queries import sheet_faults as faults
from luoshi.apps.work.queries.contributions import joint_of
from luoshi.apps.work.queries.forms import BY_KEY
from luoshi.apps.work.queries.sheet import (
    COLUMNS,
    FILLED,
    MOST_ROWS,
    NOT_APPLICABLE_WORDS,
    SHEET,
    Request,
    Row,
    plain,
    requests_of,
    seal_of,
    task_words,
    text_of,
)
from luoshi.core.document.model import Extract
from luoshi.core.errors import LuoshiError, Phrase
from luoshi.core.work.machines import JOINT_REPORT, OCCURRENCE, REPORT
from luoshi.core.work.merging_values import merge_values
from luoshi.core.work.prefill import NOT_APPLICABLE, AnswersMissing, Value, complete
from luoshi.core.work.values import pack, share

LONGEST = 20_000
QUOTED = 120
Values = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Change:
    """What a row would do to a report.

    Attributes:
        occurrence: its key.
        row: number in the workbook.
        task: number and title.
        body: name.
        period: key.
        base: version that the row was written from.
        values: what is sent, as stored.
        fields: key, value before and value after, as stored, of every field that the row changes.
        merged: whether somebody saved meanwhile, and both fit together.
        joint: whether it is the joint report, which the other leads sign on its page.
        missing: what it lacks to be submitted, in both languages; empty when nothing.
    """

    occurrence: int
    row: int
    task: str
    body: str
    period: str
    base: int
    values: Mapping[str, Any]
    fields: Sequence[Sequence[Any]]
    merged: bool = False
    joint: bool = False
    missing: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """For storing."""
        return asdict(self)


def read_rows(extract: Extract) -> tuple[list[Row], list[Fault]]:
    """The rows of the sheet of reports, and what is wrong with the sheet; other sheets are ignored."""
    wanted = {SHEET.zh, SHEET.en.lower()}
    found = [(name, grid) for name, grid in grids(extract) if name.strip().lower() in wanted and grid]
    if not found:
        return [], [Fault.of(faults.SheetMissing())]
    name, grid = found[0]
    first = min(grid)
    places = {_named(text): place for place, text in grid[first].items() if _named(text)}
    wrong = [
        Fault.of(faults.SheetColumnMissing(column=column.words), name, first)
        for column in COLUMNS
        if column.key not in places and (column.hidden or column.filled or column.key == "task")
    ]
    if len(grid) - 1 > MOST_ROWS:
        wrong.append(Fault.of(faults.SheetTooLong(rows=len(grid) - 1, limit=MOST_ROWS), name))
    if wrong:
        return [], wrong
    letters = {key: letter(place) for key, place in places.items()}
    rows = []
    for number in sorted(grid):
        cells = {key: grid[number].get(place, "") for key, place in places.items()}
        if number > first and any(text.strip() for text in cells.values()):
            rows.append(Row(number, cells, letters, name))
    return rows, []


def check(rows: Sequence[Row], *, bodies: Collection[int], on: date) -> tuple[list[Change], list[Fault]]:
    """What the rows would change, and what is wrong with them; every row is looked at, in a few queries.

    Args:
        rows: of `read_rows`.
        bodies: for which the person reports.
        on: the day.
    """
    keys = [_number(row.cells.get("id", "")) for row in rows]
    bases = {key: _number(row.cells.get("base", "")) or 0 for key, row in zip(keys, rows, strict=True) if key}
    asked = Occurrence.objects.filter(pk__in=list(bases), body__in=list(bodies)).order_by("pk")
    requests = {one.occurrence.pk: one for one in requests_of(asked, on=on, bases=bases)}
    joint = joint_of([one.occurrence for one in requests.values()])
    changes: list[Change] = []
    wrong: list[Fault] = []
    first: dict[int, int] = {}
    for key, row in zip(keys, rows, strict=True):
        error = _misplaced(row, key, requests, first)
        if error is not None:
            wrong.append(Fault.of(error, row.sheet, row.number))
        elif key:
            first[key] = row.number
            if row.cells.get("seal", "").strip() == seal_of(key, bases[key], row.cells):
                continue
            looked = _Looked(row, requests[key], bases[key])
            wrong += looked.faults
            if looked.changes and not looked.faults:
                changes.append(looked.change(joint[key]))
    return changes, wrong


def _misplaced(
    row: Row, key: int | None, requests: Mapping[int, Request], first: Mapping[int, int]
) -> LuoshiError | None:
    """Why a row cannot be told to belong to a request."""
    if not key:
        return faults.RowWithoutKey()
    if key not in requests:
        return faults.RowNotYours()
    if key in first:
        return faults.RowTwice(row=first[key])
    task = task_words(requests[key].occurrence)
    return faults.RowMoved(task=task) if plain(row.cells.get("task", "")) != plain(task) else None


class _Looked:
    """A row beside the versions of its report."""

    def __init__(self, row: Row, request: Request, base: int) -> None:
        self.row, self.request, self.base = row, request, base
        self.task = task_words(request.occurrence)
        self.faults: list[Fault] = []
        self.merged = False
        self.start: Values = dict(request.values.get(base, {}))
        self.sent = self._sent()
        self.changes = self.sent != self.start
        seals = {seal_of(request.occurrence.pk, base, request.texts(base, one)) for one in ("zh", "en")}
        if base not in request.values or row.cells.get("seal", "").strip() not in seals:
            self._fault(faults.RowOutdated(task=self.task))
        elif self.changes:
            self._compare()

    def change(self, joint: bool) -> Change:
        """What the row does."""
        occurrence, report = self.request.occurrence, self.request.report
        before, after = pack(self.start), pack(self.sent)
        changed = [key for key in FILLED if before.get(key) != after.get(key)]
        return Change(
            occurrence.pk,
            self.row.number,
            self.task,
            str(occurrence.body),
            occurrence.period,
            self.base,
            after,
            [[key, before.get(key), after.get(key)] for key in changed],
            self.merged,
            report.joint if report is not None else joint,
            self._missing(),
        )

    def _sent(self) -> Values:
        """What the row says, with what a workbook does not hold."""
        sent = {key: value for key, value in self.start.items() if key not in FILLED}
        for key in FILLED:
            text = self.row.cells.get(key, "")
            value = self._value(key, text, self.start.get(key))
            if value is None:
                continue
            if key not in self.request.columns:
                self._fault(faults.FieldNotAsked(task=self.task, field=BY_KEY[key].words), key)
            sent[key] = value
        return sent

    def _value(self, key: str, text: str, start: Value | None) -> Value | None:
        """What a cell says. One that shows what it showed before says just that, however it is spaced."""
        if plain(text).lower() in {plain(text_of(start, one)).lower() for one in ("zh", "en")}:
            return start
        if not text.strip():
            return None
        if text.strip().lower() in _NOT_APPLICABLE:
            return NOT_APPLICABLE
        if len(text) > LONGEST:
            self._fault(faults.WordsTooLong(size=len(text), limit=LONGEST), key)
        if key != "share_done":
            return "\n".join(line.rstrip() for line in text.splitlines()).strip()
        try:
            return share(text)
        except LuoshiError as error:
            self._fault(error, key)
            return None

    def _compare(self) -> None:
        """Whether the report may be changed, and whether what others wrote meanwhile fits."""
        request = self.request
        if not request.editable:
            self._fault(faults.RowNotOpen(task=self.task, state=_state(request)))
            return
        if self.base == request.latest:
            return
        merged = merge_values(self.start, request.values[request.latest], self.sent)
        self.merged = True
        for one in merged.fields:
            if one.conflict:
                theirs, yours = quoted(text_of(one.first, "zh")), quoted(text_of(one.second, "zh"))
                words = BY_KEY[one.key].words
                self._fault(faults.RowConflict(field=words, theirs=theirs, yours=yours), one.key)

    def _missing(self) -> dict[str, str]:
        """What the report would lack to be submitted."""
        lines = [line.field.key for line in self.request.form.lines if line.need != "nothing"]
        try:
            complete(self.request.form, {key: self.sent.get(key, "") for key in lines})
        except AnswersMissing as error:
            return error.messages()
        return {}

    def _fault(self, error: LuoshiError, key: str = "") -> None:
        column = self.row.letters.get(key, "")
        self.faults.append(Fault.of(error, self.row.sheet, self.row.number, column))


_NOT_APPLICABLE = {NOT_APPLICABLE_WORDS.zh, NOT_APPLICABLE_WORDS.en}


def quoted(text: str) -> str:
    """As much of a text as a message holds."""
    return text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"


def _state(request: Request) -> Phrase:
    report = request.report
    if request.occurrence.state != Occurrence.State.OPEN or report is None:
        return OCCURRENCE.state(request.occurrence.state).words
    return (JOINT_REPORT if report.joint else REPORT).state(report.state).words


def _named(text: str) -> str:
    """The key of the column with this heading, in either language."""
    wanted = plain(text).rstrip("*").lower()
    return next((c.key for c in COLUMNS if wanted in (c.words.zh, c.words.en.lower())), "")


def _number(text: str) -> int | None:
    digits = text.strip()
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 18 else None
