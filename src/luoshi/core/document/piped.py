"""Tables that plain text spells with bars, tabs or commas.

Web copies turn tables into lines such as `a | b | c`, into `label | value |` pairs, into cells that stand on
lines of their own, or into rows parted by tabs, commas or blanks. They become tables again only where the
signs are plain; ordinary prose stays prose. The functions work on the lines of any format.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from luoshi.core.document.labels import is_header, is_label
from luoshi.core.document.model import Piece, RawCell, RawTable
from luoshi.core.document.piped_stream import Row, bar_only, cut, table_of_stream
from luoshi.core.document.stacked import (
    HEAD_BEGINS,
    blank_region,
    may_head,
    read_blanks,
    read_stack,
    stack_region,
)

# A border between cells: the bar, its full-width form, and the box characters; not one behind a backslash.
# Sample: "a | b", "甲｜乙", "│ 1 │"
_BAR = re.compile(r"(?<!\\)[|｜│┃║]")
# The same and the tab, wherever they stand: one class is quick to look for.
_BORDER = re.compile(r"[\t|｜│┃║]")
# So many lines before a border a table may begin: header cells stand on lines of their own.
_NEAR = 4
# What draws under a header of markdown or around the cells of a grid. Sample: |---|:--:|, +--+--+
_DRAWN = " \t\u3000|｜│┃║:：+-—─━═┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬"
_STROKES = ("--", "──", "━━", "══", "——")
# A field of a line of comma-separated values, quoted or not. Sample: "甲,乙" or 甲
_FIELD = re.compile(r'\s*+(?:"((?:[^"]|"")*+)"\s*+|([^",]*+))(?:,|$)')


def with_tables(pieces: Sequence[Piece | RawTable]) -> list[Piece | RawTable]:
    """`pieces` with their spelled-out tables as `RawTable`; everything else as it was."""
    lines = [piece.text if isinstance(piece, Piece) else None for piece in pieces]
    near = {
        index - before
        for index, line in enumerate(lines)
        if line and _may_be_table(line)
        for before in range(_NEAR)
    }
    if not near:
        return list(pieces)
    found: list[Piece | RawTable] = []
    at = 0
    for begins in sorted(near):
        if begins < at:
            continue
        found += pieces[at:begins]
        at = end = begins
        piece, line = pieces[at], lines[at]
        if isinstance(piece, Piece) and line:
            for region, read in (
                (_bar_region, _read_bars),
                (_tab_region, _read_tabs),
                (_csv_region, _read_csv),
                (blank_region, read_blanks),
                (stack_region, read_stack),
            ):
                end = region(lines, at)
                if end > at:
                    block = [p for p in pieces[at:end] if isinstance(p, Piece)]
                    found.extend(read([p for p in block if p.text.strip()]) or block)
                    break
        at = end
    return [*found, *pieces[at:]]


def _may_be_table(line: str) -> bool:
    """A quick look that is asked of every line: whether a table may begin here or near."""
    if _BORDER.search(line) is not None and ("\t" in line or _BAR.search(line)):
        return True
    return line[0] in HEAD_BEGINS and (_is_csv_head(line) or may_head(line))


# --- bars ---------------------------------------------------------------------------------------------


def _bar_region(lines: Sequence[str | None], at: int) -> int:
    """Where the lines with bars that begin at `at` end; `at` if there are none."""
    end = index = at
    while index < len(lines) and (line := lines[index]) is not None:
        if line.strip():
            if not _goes_on(lines, at, index):
                break
            end = index + 1
        elif index > end:
            break  # two empty lines end a table
        index += 1
    return end if any(_BAR.search(line or "") for line in lines[at:end]) else at


def _is_rule(line: str) -> bool:
    """Whether a line only draws."""
    return not line.strip(_DRAWN) and any(stroke in line for stroke in _STROKES)


def _goes_on(lines: Sequence[str | None], at: int, index: int) -> bool:
    """Whether the line at `index` belongs to the lines with bars that began at `at`."""
    line = lines[index] or ""
    if _BAR.search(line) or _is_rule(line):
        return True
    following = next((text for text in lines[index + 1 : index + 3] if text is None or text.strip()), None)
    if following is not None:
        return bar_only(following)
    # The last line of a text may be a cell that was cut short.
    before = [(line or "").rstrip() for line in lines[max(index - 2, at) : index]]
    return (
        index + 1 >= len(lines)
        and len(before) == 2
        and all(line.endswith("|") and line.count("|") == 1 for line in before)
    )


def _read_bars(pieces: list[Piece]) -> list[Piece | RawTable]:
    """The tables in lines with bars; empty if they are none."""
    ruled = any(_is_rule(piece.text) for piece in pieces)
    rows = [_split(piece) for piece in pieces if not _is_rule(piece.text)]
    if sum(len(row) > 1 for row in rows) * 2 < len(rows):
        table = table_of_stream([piece for piece in pieces if not _is_rule(piece.text)])
        return [table] if table else []
    blocks = _blocks(rows)
    if not all(_plain(block, ruled) for block in blocks):
        return []
    return [_table(block) for block in blocks]


def _split(piece: Piece) -> Row:
    """The cells of a line; a bar at its beginning or end is a border, no empty cell."""
    cells: Row = []
    start = 0
    for bar in [*_BAR.finditer(piece.text), None]:
        end = bar.start() if bar else len(piece.text)
        cells.append(cut(piece, start, end))
        start = bar.end() if bar else end
    if len(cells) > 1 and not cells[0]:
        cells = cells[1:]
    return cells[:-1] if len(cells) > 1 and not cells[-1] else cells


def _words(cell: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in cell)


def _is_key(cell: tuple[Piece, ...]) -> bool:
    words = _words(cell)
    return is_label(words) or (len(words) <= 16 and words.endswith((":", "：")))


def _blocks(rows: list[Row]) -> list[list[Row]]:
    """Rows parted into tables: where rows stay narrower, beginning with a label, a new one begins."""
    runs = [list(run) for _, run in groupby(rows, key=len)]
    blocks = runs[:1]
    for run in runs[1:]:
        wide = max(len(row) for row in blocks[-1])
        if len(run) > 1 and len(run[0]) < wide and _is_key(run[0][0]):
            blocks.append(run)
        else:
            blocks[-1].extend(run)
    return blocks


def _plain(rows: list[Row], ruled: bool) -> bool:
    """Whether rows are plainly a table: drawn as one, labelled, headed, or regular."""
    width = max(len(row) for row in rows)
    if width < 2:
        return False
    keys = sum(_is_key(row[0]) for row in rows)
    heads = sum(is_header(_words(cell)) for cell in rows[0])
    regular = len(rows) > 2 and len({len(row) for row in rows}) == 1
    return ruled or regular or heads >= 2 or keys * 2 > len(rows)


# --- tabs and commas ----------------------------------------------------------------------------------


def _tab_region(lines: Sequence[str | None], at: int) -> int:
    """Where the tab-separated rows end whose header stands at `at`; `at` if there is no header."""
    head = (lines[at] or "").split("\t")
    if len(head) < 2 or sum(map(is_header, head)) < 2:
        return at
    end = at + 1
    while end < len(lines):
        line, last = lines[end], lines[end - 1] or ""
        # A row short of cells may go on behind a line end inside its last cell.
        if not line or ("\t" not in line and ("\t" not in last or last.count("\t") >= len(head) - 1)):
            break
        end += 1
    return end if end - at > 1 else at


def _read_tabs(pieces: list[Piece]) -> list[Piece | RawTable]:
    rows: list[Row] = []
    for piece in pieces:
        tabs = [at for at, character in enumerate(piece.text) if character == "\t"]
        bounds = [-1, *tabs, len(piece.text)]
        cells = [cut(piece, start + 1, end) for start, end in pairwise(bounds)]
        open_row = bool(rows) and len(rows[-1]) < len(rows[0])
        if open_row and len(rows[-1]) + len(cells) - 1 <= len(rows[0]):
            rows[-1][-1] += cells[0]
            rows[-1].extend(cells[1:])
        else:
            rows.append(cells)
    return [_table(rows)]


def _is_csv_head(line: str) -> bool:
    if line.count(",") < 2 or len(line) > 400:
        return False
    head = line.split(",")
    return len(head) > 2 and all(is_header(cell.strip().strip('"')) for cell in head)


def _csv_region(lines: Sequence[str | None], at: int) -> int:
    """Where the comma-separated rows end whose header, all of it known, stands at `at`."""
    if not _is_csv_head(lines[at] or ""):
        return at
    end = at + 1
    while end < len(lines) and "," in (lines[end] or ""):
        end += 1
    return end if end - at > 1 else at


def _read_csv(pieces: list[Piece]) -> list[Piece | RawTable]:
    rows: list[Row] = []
    for piece in pieces:
        row: Row = []
        at = 0
        while at < len(piece.text) and (field := _FIELD.match(piece.text, at)) and field.end() > at:
            row.append(cut(piece, *field.span(1 if field.group(1) is not None else 2)))
            at = field.end()
        rows.append(row)
    return [_table(rows)]


def _table(rows: list[Row]) -> RawTable:
    """The table of `rows`; short ones are filled up with empty cells."""
    width = max(len(row) for row in rows)
    cells = tuple(
        RawCell(r, c, row[c] if c < len(row) else ()) for r, row in enumerate(rows) for c in range(width)
    )
    return RawTable(len(rows), width, cells)
