"""Records in plain text: JSON objects, one task each, become the rows of a table.

Task lists are passed on as dumps of a database or a web page's data, often cut at either end. The keys are
the head of the table, the values its cells; a value of several lines is prose instead. Every character keeps
its offset in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.document.model import FilePlace, Piece, RawCell, RawTable, Run

# A text that is made of objects. Sample: {"id": 11, "task":
OPENS_RECORDS = re.compile(r'\s*\[?\s*\{\s*"[^"\n]{1,60}"\s*:')
# A key with a string, a list, a number or a word behind it; a text that is cut may end inside the string.
# Sample: "owner": "省发展改革委"
_PAIR = re.compile(
    r'"(?P<key>(?:[^"\\]|\\.){1,60})"\s*:\s*(?:"(?P<text>(?:[^"\\]|\\.)*)(?:"|\\?$)'
    r'|\[(?P<list>\s*"[^\[\]{}]*)\]|(?P<bare>-?[\w.+-]+))'
)
# What parts one object from the next.
_BRACE = re.compile("[{}]")
# An escape inside a JSON string. Sample: \n or \u4e00
_ESCAPE = re.compile(r'\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))')
# A line feed inside a JSON string.
_LINE_END = re.compile(r"(?<!\\)(?:\\r)?\\n")
# A string of a list of strings. Sample: "区司法局"
_LISTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_PLAIN = {"b": "", "f": "", "n": "\n", "r": "", "t": " "}
# From so many line feeds on a value is prose; pairs that fill this share of a text show that it is records.
_PROSE, _SHARE = 2, 0.8


def records_of(text: str) -> list[Piece | RawTable]:
    """What the objects of a text hold: a table, or lines where a value is prose; nothing if it has none.

    Example:
        >>> [table] = records_of('{"任务": "完善制度", "牵头单位": "区司法局"}')
        >>> [cell.pieces[0].text for cell in table.cells]
        ['任务', '牵头单位', '完善制度', '区司法局']
        >>> [piece.text for piece in records_of('{"text": "一、总则\\\\n二、任务\\\\n三、保障"}')]
        ['一、总则', '二、任务', '三、保障']
    """
    if '":' not in text and '" :' not in text:
        return []
    pairs = list(_PAIR.finditer(text))
    filled = sum(pair.end() - pair.start() for pair in pairs)
    if not pairs or (OPENS_RECORDS.match(text) is None and filled < len(text) * _SHARE):
        return []
    if any(len(_LINE_END.findall(pair.group("text") or "")) >= _PROSE for pair in pairs):
        return [piece for pair in pairs if pair.group("text") for piece in _lines(text, *pair.span("text"))]
    return [_table(text, pairs)] if OPENS_RECORDS.match(text) or len(pairs) > 1 else []


def _table(text: str, pairs: list[re.Match[str]]) -> RawTable:
    columns: dict[str, int] = {}
    cells: list[RawCell] = []
    row, last = 1, pairs[0].start()
    for pair in pairs:
        if _BRACE.search(text, last, pair.start()):
            row += 1
        last = pair.end()
        key = pair.group("key")
        if key not in columns:
            columns[key] = len(columns)
            cells.append(RawCell(0, columns[key], (_piece(text, *pair.span("key")),)))
        cells.append(RawCell(row, columns[key], (_value(text, pair),)))
    unique = {(cell.row, cell.column): cell for cell in cells}
    return RawTable(row + 1, len(columns), tuple(unique[place] for place in sorted(unique)))


def _value(text: str, pair: re.Match[str]) -> Piece:
    if pair.group("list") is None:
        return _piece(text, *pair.span("text" if pair.group("text") is not None else "bare"))
    # A list of strings reads as one list; its first quote stands where the point between two is put.
    words: list[str] = []
    runs: list[Run] = []
    for one in _LISTED.finditer(text, *pair.span("list")):
        if words:
            _add(words, runs, "、", one.start())
        piece = _piece(text, *one.span(1))
        words.append(piece.text)
        runs += piece.runs
    return Piece("".join(words), tuple(runs))


def _lines(text: str, start: int, end: int) -> Iterator[Piece]:
    at = start
    for stop in _LINE_END.finditer(text, start, end):
        yield _piece(text, at, stop.start())
        at = stop.end()
    yield _piece(text, at, end)


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
