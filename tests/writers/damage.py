"""Files damaged on purpose, and what must hold for whatever a reader still makes of them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from lxml import etree

from luoshi.core.document.errors import DocumentError
from luoshi.core.document.model import Extract, Piece, RawTable
from tests.writers.docx import pack

_VALUES = (
    "",
    "0",
    "-1",
    "1",
    "2",
    "99999999999",
    "1e400",
    "continue",
    "restart",
    "none",
    "一",
    "A1:XFD1048576",
    "%1%2%9",
)


def damaged(parts: dict[str, bytes], random: Random) -> bytes:
    """A container of these parts with one to six changes: in the XML, in its bytes, or in the container."""
    parts = dict(parts)
    for _ in range(random.randint(1, 6)):
        name = random.choice(sorted(parts))
        match random.randrange(12):
            case 0:
                if len(parts) > 1:
                    del parts[name]
            case 1:
                parts[name] = _noise(parts[name], random)
            case 2:
                parts[name] = parts[random.choice(sorted(parts))]
            case _:
                parts[name] = _rearranged(parts[name], random)
    data = pack(parts)
    return _noise(data, random) if random.random() < 0.2 else data


def check_reader(read: Callable[[], Extract]) -> None:
    """Read; the outcome is an error for people or an extract that holds together."""
    try:
        found = read()
    except DocumentError as error:
        said = error.message("zh"), error.message("en")
    else:
        said = ()
        check_extract(found)
    assert all(said)


def check_extract(found: Extract) -> None:
    """Pieces are lines whose runs add up; cells of a table lie inside it and not upon each other."""
    for piece in found.pieces:
        if isinstance(piece, Piece):
            _check_piece(piece)
        else:
            _check_table(piece)


def _check_piece(piece: Piece) -> None:
    assert piece.text
    assert "\n" not in piece.text
    assert sum(run.length for run in piece.runs) == len(piece.text)
    assert all(run.length > 0 for run in piece.runs)
    piece.text.encode()


def _check_table(table: RawTable) -> None:
    taken: set[tuple[int, int]] = set()
    for cell in table.cells:
        for piece in cell.pieces:
            _check_piece(piece)
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                assert (row, column) not in taken
                assert row < table.rows
                assert column < table.columns
                taken.add((row, column))


def _noise(data: bytes, random: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(changed) + 1)
        match random.randrange(3):
            case 0:
                changed[at : at + 1] = bytes([random.randrange(256)])
            case 1:
                del changed[at : at + random.choice((1, 4, 64))]
            case _:
                del changed[at:]
    return bytes(changed)


def _rearranged(data: bytes, random: Random) -> bytes:
    """The XML with an element removed, doubled, moved or renamed, or an attribute changed."""
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError:
        return data
    elements = list(root.iter(tag=etree.Element))
    element, other = random.choice(elements), random.choice(elements)
    parent = element.getparent()
    match random.randrange(6):
        case 0 if parent is not None:
            parent.remove(element)
        case 1 if parent is not None:
            parent.append(etree.fromstring(etree.tostring(element, with_tail=False)))
        case 2 if parent is not None and element not in other.iterancestors() and element is not other:
            other.append(element)
        case 3:
            element.tag = other.tag
        case 4 if other.attrib:
            element.attrib.update(dict(other.attrib))
        case _ if element.attrib:
            element.set(random.choice(sorted(element.attrib)), random.choice(_VALUES))
    return etree.tostring(root)
