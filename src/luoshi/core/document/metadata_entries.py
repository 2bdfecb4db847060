"""What a document's own metadata says: the table or the lines of labels at its head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from luoshi.core.document.labels import FIELD, OTHER, is_label, plain_label
from luoshi.core.document.model import Cell, Document, Paragraph, Table
from luoshi.core.source import Span

# A label of more characters than this ends no longer word.
_SHORT = 3


def _any_of(labels: list[str]) -> str:
    """A pattern for labels whose characters may be spaced apart."""
    return "|".join(r"\s*".join(label) for label in labels)


# Longest first, so that none hides a longer one.
_LABELS = sorted({*FIELD, *OTHER}, key=len, reverse=True)
# A label with its colon or in brackets, its characters perhaps spaced apart; a short one ends no longer word.
# Sample: "索 引 号：YX/1", "【发布机构】云溪区司法局"
_LINE_LABEL = re.compile(
    rf"[【\[]?(?P<label>{_any_of([label for label in _LABELS if len(label) > _SHORT])}"
    rf"|(?<![㐀-鿿])(?:{_any_of([label for label in _LABELS if len(label) <= _SHORT])}))"
    r"\s*(?:[】\]]\s*[:：]?|[:：])"
)
# What such a label can begin with; most lines are ruled out by it alone.
_BEGINS = frozenset("【[") | {label[0] for label in (*FIELD, *OTHER)}
# How many blocks of a document may belong to its head.
_HEAD = 80


@dataclass(frozen=True, slots=True)
class Entry:
    """A label and its value: the field of `Metadata`, the label without spaces, value and place."""

    field: str
    label: str
    value: str
    span: Span


def entries(document: Document) -> list[Entry]:
    """The labelled values at the head of a document, in order; those of other fields are left out."""
    found: list[Entry] = []
    for block in document.blocks[:_HEAD]:
        if isinstance(block, Table):
            found.extend(_of_table(document.text, block))
        elif _may_begin(document.text, block.span):
            found.extend(_of_line(document.text, block.span))
    return found


def is_entry(document: Document, paragraph: Paragraph) -> bool:
    """Whether a paragraph is a line of metadata."""
    text, span = document.text, paragraph.span
    return _may_begin(text, span) and _LINE_LABEL.match(span.of(text)) is not None


def _may_begin(text: str, span: Span) -> bool:
    return text[span.start : span.start + 1] in _BEGINS


def _of_table(text: str, table: Table) -> Iterator[Entry]:
    """Pairs of a table in which labels stand before their values, or both in one cell."""
    places = {(cell.row, cell.column): cell for cell in table.cells}
    labels = [cell for cell in table.cells if is_label(cell.span.of(text))]
    if len(labels) < 2 and not any(next(_labels(text, cell.span), None) for cell in table.cells):
        return
    for cell in sorted(table.cells, key=lambda c: (c.row, c.column)):
        words = cell.span.of(text)
        if not is_label(words):
            yield from _of_line(text, cell.span)
            continue
        value = _beside(places, cell)
        if value is not None and is_label(value.span.of(text)):
            value = None
        field = FIELD.get(plain_label(words))
        if field:
            span = value.span if value and len(value.span) else cell.span
            yield Entry(field, plain_label(words), value.span.of(text).strip() if value else "", span)


def _beside(places: dict[tuple[int, int], Cell], cell: Cell) -> Cell | None:
    return places.get((cell.row, cell.column + cell.column_span))


def _labels(text: str, span: Span) -> Iterator[re.Match[str]]:
    """The labels of a line that begins with one."""
    if not _may_begin(text, span):
        return iter(())
    line = span.of(text)
    first = _LINE_LABEL.match(line)
    return _LINE_LABEL.finditer(line) if first else iter(())


def _of_line(text: str, span: Span) -> Iterator[Entry]:
    found = list(_labels(text, span))
    for label, following in zip_longest(found, found[1:]):
        start = span.start + label.end()
        end = span.start + following.start() if following else span.end
        value = text[start:end]
        field = FIELD.get(plain_label(label["label"]))
        if field:
            start += len(value) - len(value.lstrip())
            place = Span(start, start + len(value.strip())) if value.strip() else Span(*_shift(label, span))
            yield Entry(field, plain_label(label["label"]), value.strip(), place)


def _shift(label: re.Match[str], span: Span) -> tuple[int, int]:
    return span.start + label.start("label"), span.start + label.end("label")
