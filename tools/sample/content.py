"""The sample plan as blocks that every format can lay out: tables and lines with the part they play."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[2] / "src/luoshi/samples"
SOURCE = SAMPLES / "yunxi.txt"

# The title stands alone on its line and ends in 方案: "云溪区关于…重点任务分解方案".
TITLE = re.compile(r"^[^，。]*重点任务分解方案$")
# A chapter: "三、完善社会领域制度规范".
CHAPTER = re.compile(r"^[一二三四五六七]、[^。]*$")
# Signature and date below the covering notice: "中共云溪区委", "2023年3月16日".
SIGNATURE = re.compile(r"^(?:中共云溪区委|全面依法治区委员会|\d{4}年\d+月\d+日)$")
# Who the notice is sent to; the only line that ends in a colon.
RECIPIENTS = re.compile(r"^各.*[:：]$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text. `kind` is `title`, `chapter`, `signature`, `recipients` or `body`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells; every row has the same number of cells."""

    rows: tuple[tuple[str, ...], ...]


Block = Line | Grid


def read_blocks(text: str) -> list[Block]:
    """The blocks of `text`, in order.

    Example:
        >>> read_blocks("文 号 | 甲〔2023〕5号 |\\n一、总体要求\\n")
        [Grid(rows=(('文 号', '甲〔2023〕5号'),)), Line(kind='chapter', text='一、总体要求')]
    """
    blocks: list[Block] = []
    for line in text.splitlines():
        if "|" not in line:
            blocks.append(Line(_kind(line), line))
            continue
        row = tuple(cell.strip() for cell in line.removesuffix("|").split("|"))
        if len(row) == 1:
            row = (*row, "")  # "公文时效 |": a field that was left empty
        last = blocks[-1] if blocks else None
        # The metadata stands there twice: four columns first, then two.
        if isinstance(last, Grid) and len(last.rows[0]) == len(row):
            blocks[-1] = Grid((*last.rows, row))
        else:
            blocks.append(Grid((row,)))
    return blocks


def title_of(blocks: list[Block]) -> str:
    """The title of the plan."""
    return next(block.text for block in blocks if isinstance(block, Line) and block.kind == "title")


def _kind(line: str) -> str:
    patterns = {"title": TITLE, "chapter": CHAPTER, "signature": SIGNATURE, "recipients": RECIPIENTS}
    return next((kind for kind, pattern in patterns.items() if pattern.match(line)), "body")
