"""Pages: the document on a government page, or a fragment of one, as lines and tables.

Every character of the result knows its offset in the decoded source; see `html_source` for how.
"""

from __future__ import annotations

import html
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from lxml import etree

from luoshi.core.document.errors import DamagedDocument, EmptyDocument, TooLarge
from luoshi.core.document.html_content import Weights, content_of
from luoshi.core.document.html_lines import LineWriter, Look
from luoshi.core.document.html_look import BLOCKS, Element, list_number, list_type, look_inside
from luoshi.core.document.html_source import AT, TOKEN, Source, source_of
from luoshi.core.document.html_table import Placed, data_tables, place_cells, too_many_cells
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import Extract, Piece, RawCell, RawTable
from luoshi.core.document.piped import with_tables
from luoshi.core.errors import Phrase

# What the standard for government sites has in a page's head, whatever the case of its letters.
_DECLARED = {name.lower(): name for name in ("ArticleTitle", "PubDate", "ContentSource", "Author")}


def read(data: bytes, *, file: str, limits: Limits) -> Extract:
    """The document on a page.

    Args:
        data: the whole file.
        file: its name, for error messages.
        limits: `nesting` and `cells` are kept here.

    Returns:
        Its lines and tables: the page's heading and metadata, if they stand outside the document, then the
        document.

    Raises:
        EmptyDocument, DamagedDocument, UnknownFormat, TooLarge.
    """
    source = source_of(data, file=file)
    root = _parse(source, file, limits)
    weights = Weights.of(root, source)
    tables = data_tables(root, weights)
    content = content_of(root, weights, tables)
    reader = _Reader(source, file, limits, content.skipped, tables)
    pieces = [piece for part in content.parts for piece in reader.read(part)]
    if not pieces:
        raise EmptyDocument(file=file)
    return Extract("html", tuple(pieces), _declared(root, weights))


def _parse(source: Source, file: str, limits: Limits) -> Element:
    parser = etree.HTMLParser(huge_tree=True, no_network=True, encoding="utf-8")
    try:
        root = etree.fromstring(f"<html><body>{source.markup}".encode(), parser)
    except etree.XMLSyntaxError as error:
        raise DamagedDocument(file=file, where=f"html: {error.msg}") from None
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end"), tag=tuple(BLOCKS)):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    # The parser gives up at a depth of its own.
    given_up = any("Excessive depth" in entry.message for entry in parser.error_log)
    if deepest > limits.nesting or given_up:
        raise TooLarge(
            file=file,
            what=Phrase("元素嵌套层数", "a depth of elements of"),
            size=deepest,
            limit=limits.nesting,
            setting="LUOSHI_LIMIT_NESTING",
        )
    if sum(len(TOKEN.findall(str(text))) for text in root.itertext()) != len(source.stretches):
        raise DamagedDocument(
            file=file, where=Phrase("网页结构混乱,部分文字无法定位", "text is lost in broken markup")
        )
    return root


def _declared(root: Element, weights: Weights) -> dict[str, str]:
    """What the head of the page says: its title and, on government sites, title and date of the article."""
    titles = [" ".join(weights.words(element).split()) for element in root.iter("title")]
    declared = {"title": titles[0]} if titles else {}
    for element in root.iter("meta"):
        name, content = element.get("name") or "", (element.get("content") or "").strip()
        known = _DECLARED.get(name.lower())
        if known and content:
            declared[known] = html.unescape(content)
    return {name: value for name, value in declared.items() if value}


@dataclass(slots=True)
class _List:
    """An ordered list that is being read: the number of its next item, the step, and the kind of number."""

    value: int
    step: int
    kind: str


@dataclass(slots=True)
class _Reader:
    """Walks over elements and writes their lines and tables."""

    source: Source
    file: str
    limits: Limits
    skipped: frozenset[Element]
    tables: set[Element]
    cells: int = 0

    def read(self, part: Element) -> list[Piece | RawTable]:
        """The lines and tables of an element."""
        found: list[Piece | RawTable] = []
        for piece in [part] if part in self.tables else self._walk(part, self.tables):
            if isinstance(piece, Piece):
                found.append(piece)
            else:
                found.extend(self._table(piece))
        return with_tables(found)

    def _walk(self, root: Element, closed: Collection[Element]) -> Iterator[Piece | Element]:
        """Lines of text, and the elements of `closed` where they stand between them."""
        lines = LineWriter()
        looks, lists = [_around(root)], list[_List | None]()
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            block = element.tag in BLOCKS or element.tag == "br"
            if block:
                lines.end_line()
                yield from lines.take()
            if event == "start":
                looks.append(look_inside(element, looks[-1]))
                if element in self.skipped and element is not root:
                    walk.skip_subtree()
                elif element in closed and element is not root:
                    yield element
                    walk.skip_subtree()
                else:
                    _open_list(element, lists, lines)
                    self._add(lines, element.text, looks[-1])
            else:
                looks.pop()
                _close_list(element, lists, lines)
                if element is not root:
                    self._add(lines, element.tail, looks[-1])
        lines.end_line()
        yield from lines.take()

    def _add(self, lines: LineWriter, markup: str | None, look: Look) -> None:
        if markup:
            for number in TOKEN.findall(markup):
                lines.add(self.source.stretches[int(number)], look)

    def _table(self, element: Element) -> list[Piece | RawTable]:
        """A table, and before it what stands in it outside its cells: its caption, or text gone astray."""
        rows, columns, placed = place_cells(element, file=self.file, limits=self.limits)
        self.cells += len(placed)
        if self.cells > self.limits.cells:
            raise too_many_cells(self.file, self.cells, self.limits)
        cells = {cell.element for cell in placed}
        outside = [piece for piece in self._walk(element, cells) if isinstance(piece, Piece)]
        return [*outside, RawTable(rows, columns, tuple(self._cell(cell) for cell in placed))]

    def _cell(self, cell: Placed) -> RawCell:
        pieces = tuple(piece for piece in self._walk(cell.element, ()) if isinstance(piece, Piece))
        return RawCell(cell.row, cell.column, pieces, cell.row_span, cell.column_span)


def _around(element: Element) -> Look:
    """The look that an element takes from the elements around it."""
    look = Look()
    for ancestor in reversed(list(element.iterancestors())):
        look = look_inside(ancestor, look)
    return look


def _open_list(element: Element, lists: list[_List | None], lines: LineWriter) -> None:
    if element.tag == "ol":
        kind = list_type(element) or "decimal"
        step = -1 if element.get("reversed") is not None else 1
        first = sum(1 for child in element if child.tag == "li") if step < 0 else 1
        lists.append(_List(_integer(element.get("start"), first), step, kind))
    elif element.tag in ("ul", "menu", "dir"):
        lists.append(None)
    elif element.tag == "li" and lists and lists[-1] is not None:
        numbered = lists[-1]
        numbered.value = _integer(element.get("value"), numbered.value)
        kind = list_type(element) or numbered.kind
        lines.number(list_number(numbered.value, kind), int(element.get(AT)))
        numbered.value += numbered.step


def _close_list(element: Element, lists: list[_List | None], lines: LineWriter) -> None:
    if element.tag in ("ol", "ul", "menu", "dir") and lists:
        lists.pop()
    elif element.tag == "li":
        lines.drop_number()


def _integer(text: str | None, default: int) -> int:
    """The number in an attribute; anything else, or a number no list ever had, counts as not given."""
    text = (text or "").strip()
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 7 else default
