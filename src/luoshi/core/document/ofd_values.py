"""The values that ofd writes in its XML: boxes, numbers, repeated steps, places of parts."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from posixpath import dirname, join, normpath

from lxml import etree

from luoshi.core.document.page_geometry import Transform

# ofd counts in millimetres.
POINTS = 72 / 25.4
# Numbers beyond this are damage: no page is a kilometre wide.
_HUGE = 1e6


def local(element: etree._Element) -> str:
    """The name of an element without its namespace: writers disagree about the namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """The children with one of these names."""
    if element is not None:
        for found in element:
            if local(found) in names:
                yield found


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first child with this name, or the descendant at the end of a path of names."""
    for name in path:
        element = next(children(element, name), None)
    return element


def text_of(element: etree._Element | None) -> str:
    """The text in an element, trimmed; empty if there is no element."""
    return (element.text or "").strip() if element is not None else ""


def numbers(text: str | None) -> list[float]:
    """The numbers in a list parted by white space; what is no number is left out.

    Example:
        >>> numbers("0 0 210 297"), numbers("1 x nan 2"), numbers(None)
        ([0.0, 0.0, 210.0, 297.0], [1.0, 2.0], [])
    """
    found = []
    for word in (text or "").split():
        number = _number(word)
        if number is not None:
            found.append(number)
    return found


def number(text: str | None, default: float) -> float:
    """The one number in `text`, or `default`."""
    return next(iter(numbers(text)), default)


def _number(word: str) -> float | None:
    try:
        value = float(word)
    except ValueError:
        return None
    return value if isfinite(value) and abs(value) < _HUGE else None


def steps(text: str | None, count: int) -> list[float]:
    """Distances from character to character, at most `count`: "g 3 5.5" stands for three times 5.5.

    Example:
        >>> steps("3 g 2 5.5 4", 9), steps("g 1000000 1", 3)
        ([3.0, 5.5, 5.5, 4.0], [1.0, 1.0, 1.0])
    """
    words = (text or "").split()
    found: list[float] = []
    at = 0
    while at < len(words) and len(found) < count:
        if words[at].lower() == "g" and at + 2 < len(words):
            times, step = words[at + 1], _number(words[at + 2])
            if times.isascii() and times.isdigit() and step is not None:
                # Nine digits are more than any count that can matter, and quick to read.
                found += [step] * min(int(times[:9]), count - len(found))
            at += 3
            continue
        step = _number(words[at])
        if step is not None:
            found.append(step)
        at += 1
    return found


def box(text: str | None) -> tuple[float, float, float, float] | None:
    """A box as x, y, width and height in millimetres; None if it is not one."""
    found = numbers(text)
    return (found[0], found[1], found[2], found[3]) if len(found) == 4 else None


def placed(element: etree._Element, to_page: Transform) -> Transform:
    """From an object's own space to the page: its matrix, then the corner of its boundary."""
    matrix = numbers(element.get("CTM"))
    own = Transform(*matrix) if len(matrix) == 6 else Transform()
    corner = box(element.get("Boundary"))
    if corner is not None:
        own = own.then(Transform(e=corner[0], f=corner[1]))
    return own.then(to_page)


def resolve(part: str, place: str) -> str:
    """The part that `place`, written in `part`, points to.

    Example:
        >>> resolve("Doc_0/Document.xml", "Pages/1.xml"), resolve("Doc_0/Document.xml", "/Doc_1/a.xml")
        ('Doc_0/Pages/1.xml', 'Doc_1/a.xml')
    """
    place = place.strip().replace("\\", "/")
    if not place.startswith("/"):
        place = join(dirname(part), place)
    return normpath(place).lstrip("/")
