"""The sample plan as an ofd with the look of an official document (GB/T 9704)."""

from __future__ import annotations

from dataclasses import dataclass, field

from tools.sample.content import Block, Grid, Line
from tools.sample.ofd_parts import Sheet, Stroke, Text, pack
from tools.sample.typeset import break_lines, width

POINT = 25.4 / 72
LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0
BODY, TITLE, TABLE, FOOT = 16 * POINT, 22 * POINT, 12 * POINT, 14 * POINT
# 22 lines on a page; a table's lines stand closer.
PITCH, TABLE_PITCH = (BOTTOM - TOP) / 22, 6.5
PADDING = 1.8


def build_ofd(blocks: list[Block]) -> bytes:
    """The bytes of an ofd with these blocks."""
    press = Press()
    for block in blocks:
        if isinstance(block, Grid):
            press.set_grid(block)
        else:
            press.set_line(block)
    titles = [block.text for block in blocks if isinstance(block, Line) and block.kind == "title"]
    return pack(press.finished(), title=titles[0] if titles else "")


@dataclass(slots=True)
class Press:
    """Sets lines and tables on pages from top to bottom. `y` is where the next line begins."""

    sheets: list[Sheet] = field(default_factory=lambda: [Sheet()])
    y: float = TOP

    def set_line(self, line: Line) -> None:
        """Set a paragraph in the way of its kind."""
        size = TITLE if line.kind == "title" else BODY
        font = "黑体" if line.kind in ("title", "chapter") else "仿宋"
        indent = 2.0 if line.kind in ("body", "chapter") else 0.0
        room = (RIGHT - LEFT) / size
        for index, text in enumerate(break_lines(line.text, room, indent=indent)):
            wide = sum(width(char) for char in text) * size
            x = LEFT + (indent * size if index == 0 else 0.0)
            if line.kind == "title":
                x = (LEFT + RIGHT - wide) / 2
            elif line.kind == "signature":
                x = RIGHT - wide
            self.make_room(PITCH)
            self._set(text, x, self.y + 0.5 * PITCH + 0.38 * size, size, font)
            self.y += PITCH

    def set_grid(self, grid: Grid) -> None:
        """Set a table with columns of one width; a row that does not fit goes to the next page."""
        columns = len(grid.rows[0])
        step = (RIGHT - LEFT) / columns
        for index, row in enumerate(grid.rows):
            cells = [break_lines(text, (step - 2 * PADDING) / TABLE) for text in row]
            height = max(len(lines) for lines in cells) * TABLE_PITCH + PADDING
            if self.make_room(height) or index == 0:
                self._stroke(LEFT, self.y, RIGHT, self.y)
            for column, lines in enumerate(cells):
                baseline = self.y + PADDING / 2 + 0.5 * TABLE_PITCH + 0.38 * TABLE
                for line in lines:
                    self._set(line, LEFT + column * step + PADDING, baseline, TABLE, "仿宋")
                    baseline += TABLE_PITCH
            for column in range(columns + 1):
                x = LEFT + column * step
                self._stroke(x, self.y, x, self.y + height)
            self.y += height
            self._stroke(LEFT, self.y, RIGHT, self.y)
        # The next table must not touch this one.
        self.y += TABLE_PITCH

    def make_room(self, height: float) -> bool:
        """Begin a new page unless `height` is left on this one; says whether it did."""
        if self.y + height <= BOTTOM + 0.01:
            return False
        self.sheets.append(Sheet())
        self.y = TOP
        return True

    def finished(self) -> list[Sheet]:
        """The pages with their numbers at the outer lower corner."""
        for number, sheet in enumerate(self.sheets, start=1):
            text = f"— {number} —"
            wide = sum(width(char) for char in text) * FOOT
            x = RIGHT - FOOT - wide if number % 2 else LEFT + FOOT
            sheet.marks.append(_spaced(text, x, BOTTOM + 7 + FOOT, FOOT, "宋体"))
        return self.sheets

    def _set(self, text: str, x: float, baseline: float, size: float, font: str) -> None:
        if text:
            self.sheets[-1].marks.append(_spaced(text, x, baseline, size, font))

    def _stroke(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.sheets[-1].marks.append(Stroke(x0, y0, x1, y1))


def _spaced(text: str, x: float, baseline: float, size: float, font: str) -> Text:
    """Characters side by side, each as wide as it is."""
    steps = tuple(width(char) * size for char in text[:-1])
    return Text(text, x, baseline, size, steps, font)
