"""Lines and pages for a format that has none of its own: which characters stand on which line.

Chinese characters fill a square, Latin letters and digits half of one. Lines break between any two Chinese
characters, but no closing mark begins a line, no opening mark ends one, and Latin words stay whole.
"""

from __future__ import annotations

# Marks that cannot begin a line, and marks that cannot end one.
NEVER_FIRST = frozenset("、，。；：？！）〕】》〉”’」』%,.;:?!)]>")
NEVER_LAST = frozenset("（〔【《〈“‘「『([<")


def width(char: str) -> float:
    """Width of a character in font sizes.

    Example:
        >>> width("区"), width("“"), width("7")
        (1.0, 1.0, 0.5)
    """
    return 0.5 if char.isascii() or char == "\u00a0" else 1.0


def break_lines(text: str, room: float, *, indent: float = 0.0) -> list[str]:
    """The lines of a paragraph.

    Args:
        text: the paragraph, without line feeds.
        room: width of a line in font sizes.
        indent: how much less room the first line has.

    Returns:
        The lines; put together they give `text` again. A space at a line's end may hang over its edge.

    Example:
        >>> break_lines("推动“法治云溪”建设。", 4)
        ['推动“法', '治云溪”', '建设。']
    """
    lines: list[str] = []
    line, free = "", room - indent
    for unit in _units(text):
        needed = sum(width(char) for char in unit.rstrip())
        if line and needed > free:
            lines.append(line)
            line, free = "", room
        line += unit
        free -= sum(width(char) for char in unit)
    return [*lines, line] if line or not lines else lines


def _units(text: str) -> list[str]:
    """Pieces of text that cannot be parted."""
    units: list[str] = []
    for char in text:
        if units and _bound(units[-1][-1], char):
            units[-1] += char
        else:
            units.append(char)
    return units


def _bound(before: str, char: str) -> bool:
    if char in NEVER_FIRST or before in NEVER_LAST or char.isspace():
        return True
    return before.isascii() and char.isascii() and not before.isspace() and before not in NEVER_FIRST
