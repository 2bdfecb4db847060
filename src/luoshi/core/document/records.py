"""Records in plain text: JSON objects, one task each, become the rows of a table.

Task lists are passed on as dumps of a database or a web page's data. The keys are the head of the table, the
values its cells; every character keeps its offset in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from json import JSONDecodeError, JSONDecoder

from luoshi.core.document.model import FilePlace, Piece, RawCell, RawTable, Run

# A text that is made of objects. Sample: {"id": 11, "task":
OPENS_RECORDS = re.compile(r'\s*\[?\s*\{\s*"[^"\n]{1,60}"\s*:')
# A key with a string, number or word behind it. Sample: "owner": "省发展改革委"
_PAIR = re.compile(
    r'"(?P<key>(?:[^"\\]|\\.){1,60})"\s*:\s*(?:"(?P<text>(?:[^"\\]|\\.)*)"|(?P<bare>-?[\w.+-]+))'
)
# An escape inside a JSON string. Sample: \n or \u4e00
_ESCAPE = re.compile(r'\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))')
_PLAIN = {"b": "", "f": "", "n": "\n", "r": "", "t": " "}


def records_of(text: str) -> RawTable | None:
    """The table that the objects of a text make up; None if the text is no list of objects.

    Example:
        >>> table = records_of('{"任务": "完善制度", "牵头单位": "区司法局"}')
        >>> [cell.pieces[0].text for cell in table.cells]
        ['任务', '牵头单位', '完善制度', '区司法局']
    """
    if OPENS_RECORDS.match(text) is None:
        return None
    rows = [pairs for start, end in _objects(text) if (pairs := list(_PAIR.finditer(text, start, end)))]
    if not rows:
        return None
    columns: dict[str, int] = {}
    cells: list[RawCell] = []
    for row, pairs in enumerate(rows, 1):
        for pair in pairs:
            key = pair.group("key")
            if key not in columns:
                columns[key] = len(columns)
                cells.append(RawCell(0, columns[key], (_piece(text, *pair.span("key")),)))
            group = "text" if pair.group("text") is not None else "bare"
            cells.append(RawCell(row, columns[key], (_piece(text, *pair.span(group)),)))
    unique = {(cell.row, cell.column): cell for cell in cells}
    return RawTable(len(rows) + 1, len(columns), tuple(unique[place] for place in sorted(unique)))


def _objects(text: str) -> Iterator[tuple[int, int]]:
    """Where the outermost complete objects stand."""
    decoder = JSONDecoder()
    at = text.find("{")
    while at >= 0:
        try:
            value, end = decoder.raw_decode(text, at)
        except (JSONDecodeError, RecursionError):
            return
        if isinstance(value, dict) and any(isinstance(inner, list | dict) for inner in value.values()):
            return
        yield at, end
        at = text.find("{", end)


def _piece(text: str, start: int, end: int) -> Piece:
    """The value at `start` to `end` with its escapes undone; a line feed inside becomes a blank."""
    words: list[str] = []
    runs: list[Run] = []
    at = start
    for escape in _ESCAPE.finditer(text, start, end):
        _add(words, runs, text[at : escape.start()], at)
        char = (
            chr(int(escape.group(1), 16)) if escape.group(1) else _PLAIN.get(escape.group(2), escape.group(2))
        )
        char = "" if "\ud800" <= char <= "\udfff" else char.replace("\n", " ")
        _add(words, runs, char, escape.start())
        at = escape.end()
    _add(words, runs, text[at:end], at)
    return Piece("".join(words), tuple(runs))


def _add(words: list[str], runs: list[Run], part: str, at: int) -> None:
    if part:
        words.append(part)
        runs.append(Run(len(part), FilePlace(at)))
