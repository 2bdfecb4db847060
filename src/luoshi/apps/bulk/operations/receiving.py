"""Takes the rows of a workbook into the database: the main sheet, then what inner sheets add to its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from django.db import transaction

from luoshi.apps.bulk.models import Row, Upload
from luoshi.apps.bulk.operations import refusals
from luoshi.apps.bulk.queries.books import FIRST_ROW, ROWS
from luoshi.apps.bulk.queries.columns import REF, Layout, mark_of
from luoshi.apps.interface.returned import letter
from luoshi.intake.sent import SentRows

BATCH = 500
# Characters of one cell that are kept: more than any field takes, so that it is refused and not cut.
_MOST_TEXT = 30_000


@dataclass
class Received:
    """What the sheets are: the name of the main one, and where its columns and those of the others stand."""

    sheet: str = ""
    main: int = -1
    keys: dict[int, dict[int, str]] = field(default_factory=dict)
    inner: dict[int, str] = field(default_factory=dict)

    def letters(self) -> dict[str, dict[str, str]]:
        """The letters of the columns by sheet and key; the main sheet has an empty name."""
        return {
            self.inner.get(sheet, ""): {key: letter(column) for column, key in keys.items()}
            for sheet, keys in self.keys.items()
        }


def receive(upload: Upload, sent: SentRows, layout: Layout, tell: Callable[[int], None]) -> Received:
    """Write the rows of a workbook; those of an earlier try are forgotten first.

    Args:
        tell: called with the number of rows that are through.

    Raises:
        LuoshiError: it is no sheet of this step, or its sheets do not fit each other.
    """
    Row.objects.filter(upload=upload).delete()
    found = _recognized(upload, sent, layout)
    _main(upload, sent, found, tell)
    if layout.inner:
        for sheet in found.inner:
            _add_inner(upload, sent, found, sheet)
    return found


def _recognized(upload: Upload, sent: SentRows, layout: Layout) -> Received:
    found = Received()
    fields = {one.key: {column.key for column in columns} for one, columns in layout.inner}
    for place, name in enumerate(sent.sheets):
        number, texts = next(iter(sent.rows(place)))
        words = mark_of(texts.get(1, "")) if number == 1 else None
        if words is None:
            continue
        said = " ".join(words[:2])
        ours = " ".join(layout.main_mark().split()[1:])
        if said != ours:
            raise refusals.SheetOutdated(file=upload.name, theirs=said, ours=ours)
        if len(words) == 2 and found.main < 0:
            found.main, found.sheet = place, name
            known = set(layout.main_keys())
        elif len(words) == 3 and words[2] in fields:
            found.inner[place] = words[2]
            known = {REF, *fields[words[2]]}
        else:
            continue
        found.keys[place] = _keys(upload, name, texts, known)
    if found.main < 0:
        raise refusals.NotOurSheet(file=upload.name, mechanism=layout.mechanism.name)
    return found


def _keys(upload: Upload, sheet: str, texts: Mapping[int, str], known: set[str]) -> dict[int, str]:
    keys: dict[int, str] = {}
    for column, key in texts.items():
        if column == 1:
            continue
        if key not in known or key in keys.values():
            raise refusals.ColumnUnknown(file=upload.name, sheet=sheet, column=letter(column))
        keys[column] = key
    return keys


def _filled(sent: SentRows, found: Received, sheet: int) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows in which something is filled in, by the keys of the columns."""
    keys = found.keys[sheet]
    for number, texts in sent.rows(sheet):
        if number < FIRST_ROW:
            continue
        named = {keys[column]: text[:_MOST_TEXT] for column, text in texts.items() if column in keys}
        if named:
            yield number, named


def _main(upload: Upload, sent: SentRows, found: Received, tell: Callable[[int], None]) -> None:
    total = 0
    rows = _filled(sent, found, found.main)
    while batch := list(islice(rows, BATCH)):
        total += len(batch)
        if total > ROWS:
            raise refusals.SheetTooLong(file=upload.name, most=ROWS)
        Row.objects.bulk_create(
            Row(upload=upload, number=number, ref=texts.get(REF, "").strip()[:60], texts=texts)
            for number, texts in batch
        )
        tell(total)
    if not total:
        raise refusals.SheetEmpty(file=upload.name)


def _add_inner(upload: Upload, sent: SentRows, found: Received, sheet: int) -> None:
    """Give each row of the main sheet its rows of an inner one, in the order in which they stand there."""
    key = found.inner[sheet]
    lines = _filled(sent, found, sheet)
    while batch := list(islice(lines, BATCH)):
        refs = {texts.get(REF, "").strip() for _, texts in batch}
        with transaction.atomic():
            rows: dict[str, Row] = {}
            for row in Row.objects.filter(upload=upload, ref__in=refs - {""}).order_by("number"):
                if row.ref in rows:
                    raise refusals.RefTwice(file=upload.name, ref=row.ref)
                rows[row.ref] = row
            for number, texts in batch:
                ref = texts.pop(REF, "").strip()
                if ref not in rows:
                    name = sent.sheets[sheet]
                    raise refusals.RefUnknown(file=upload.name, sheet=name, row=number, ref=ref)
                rows[ref].parts.setdefault(key, []).append([number, texts])
            Row.objects.bulk_update(rows.values(), ["parts"])
