"""A document's structure and origins as compressed JSON, so that a stored span still maps to its place.

Short keys and bare lists, because a long document has tens of thousands of runs. A run is
`[kind, length, …]` with the kinds `f` (file: offset), `p` (paragraph: part, paragraph, offset),
`g` (page: page, box, edges) and `c` (cell: sheet, row, column, offset); `null` is text that cleaning added.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from typing import Any

from luoshi.core.document.model import (
    Block,
    Cell,
    CellPlace,
    Defect,
    Document,
    FilePlace,
    Origin,
    PagePlace,
    Paragraph,
    ParagraphPlace,
    Run,
    Style,
    Table,
)
from luoshi.core.source import Span


def pack(document: Document) -> bytes:
    """Blocks, origin, defects and declared metadata of `document`, compressed."""
    anatomy = {
        "blocks": pack_blocks(document.blocks),
        "starts": document.origin.starts,
        "runs": [_pack_run(run) for run in document.origin.runs],
        "defects": [[d.code, d.span.start, d.span.end, d.was, d.repaired] for d in document.defects],
        "declared": document.declared,
    }
    return zlib.compress(json.dumps(anatomy, ensure_ascii=False, separators=(",", ":")).encode(), 6)


def unpack(packed: bytes, *, name: str, format: str, sha256: str, original: str, text: str) -> Document:
    """The document that was packed, with the parts that are stored in columns of their own."""
    anatomy = json.loads(zlib.decompress(packed))
    return Document(
        name=name,
        format=format,
        sha256=sha256,
        original=original,
        text=text,
        blocks=unpack_blocks(anatomy["blocks"]),
        origin=Origin(tuple(anatomy["starts"]), tuple(_run(run) for run in anatomy["runs"])),
        defects=tuple(
            Defect(code, Span(start, end), was, repaired)
            for code, start, end, was, repaired in anatomy["defects"]
        ),
        declared=anatomy["declared"],
    )


def pack_blocks(blocks: Iterable[Block]) -> list[list[Any]]:
    """Blocks as JSON values."""
    return [_pack_block(block) for block in blocks]


def unpack_blocks(packed: Iterable[list[Any]]) -> tuple[Block, ...]:
    """Blocks from JSON values."""
    return tuple(_block(block) for block in packed)


def _pack_block(block: Block) -> list[Any]:
    if isinstance(block, Paragraph):
        style = block.style
        return ["p", block.span.start, block.span.end, style.align, style.heading, style.bold, style.size]
    cells = [[c.span.start, c.span.end, c.row, c.column, c.row_span, c.column_span] for c in block.cells]
    return ["t", block.span.start, block.span.end, block.rows, block.columns, cells]


def _block(packed: list[Any]) -> Block:
    kind, start, end, *rest = packed
    if kind == "p":
        align, heading, bold, size = rest
        return Paragraph(Span(start, end), Style(align, heading, bold, size))
    rows, columns, cells = rest
    return Table(
        Span(start, end),
        rows,
        columns,
        tuple(Cell(Span(first, last), *place) for first, last, *place in cells),
    )


def _pack_run(run: Run | None) -> list[Any] | None:
    if run is None:
        return None
    match run.place:
        case FilePlace(offset):
            packed: list[Any] = ["f", run.length, offset]
        case ParagraphPlace(part, paragraph, offset):
            packed = ["p", run.length, part, paragraph, offset]
        case PagePlace(page, box):
            packed = ["g", run.length, page, box]
        case CellPlace(sheet, row, column, offset):
            packed = ["c", run.length, sheet, row, column, offset]
    return [*packed, run.edges] if run.edges else packed


# How many numbers the place of each kind of run holds; what follows them are the edges.
_PLACES: dict[str, tuple[int, Any]] = {
    "f": (1, FilePlace),
    "p": (3, ParagraphPlace),
    "g": (2, lambda page, box: PagePlace(page, tuple(box))),
    "c": (4, CellPlace),
}


def _run(packed: list[Any] | None) -> Run | None:
    if packed is None:
        return None
    kind, length, *rest = packed
    count, place = _PLACES[kind]
    return Run(length, place(*rest[:count]), tuple(rest[count]) if len(rest) > count else ())
