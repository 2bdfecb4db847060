"""Running heads and feet and page numbers: rows that belong to the page, not to the text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from luoshi.core.document.page_lines import Row
from luoshi.core.document.page_model import Page

# A page number with its ornaments, alone on its row. Samples: — 12 —, -3-, 第3页 共9页, 3/9, ·5·, Page 3 of 9
PAGE_NUMBER = re.compile(
    r"[—–\-－─~·•\s]*(?:第?\d{1,4}页?(?:[,，/]?共?\d{1,4}页?)?|第[一二三四五六七八九十百]+页|(?:page)?\d{1,4}of\d{1,4}|page\d{1,4})"
    r"[—–\-－─~·•\s]*",
    re.IGNORECASE,
)
# A number without ornaments: a page number only by its place. Sample: 12
BARE_NUMBER = re.compile(r"\d{1,4}")
# Digits differ from page to page where the rest of a running head does not. Sample: 云溪区公报 2023年第5期 17
_DIGITS = re.compile(r"\d+")

# Rows this near to the upper or lower edge (share of the height) may be running heads or feet.
_ZONE = 0.15
# Repeated rows stand at the same height, within this many points.
_SAME_HEIGHT = 3.0
# In the margin a row must be repeated on this share of pages, anywhere else on this many pages at the least.
_MARGIN_SHARE, _ANYWHERE_LEAST = 0.4, 4
# On a short document only a row apart from the text by more than this many line pitches counts.
_APART = 1.5


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row with its page and the text by which it is recognised on other pages."""

    page: Page
    row: Row
    text: str
    key: str
    depth: int  # rows between it and the edge of the page
    apart: bool  # a clear gap parts it from the text
    head: bool


def without_running(pages: list[tuple[Page, list[Row]]]) -> list[list[Row]]:
    """The rows of every page without running heads, running feet and page numbers.

    Args:
        pages: every page with its rows from top to bottom.
    """
    entries = [entry for page, rows in pages for entry in _edge_rows(page, rows)]
    repeated = _repeated(entries, len(pages))
    everywhere = _everywhere(pages)
    drop: set[int] = set()
    for entry in entries:
        if id(entry.row) in repeated or _is_page_number(entry, len(pages)):
            drop.add(id(entry.row))
    kept = []
    for _, rows in pages:
        kept.append([row for row in rows if id(row) not in drop and id(row) not in everywhere])
    return kept


def plain(row: Row) -> str:
    """The characters of a row without white space."""
    return "".join([glyph.text for glyph in row.glyphs if not glyph.text.isspace()])


def _edge_rows(page: Page, rows: list[Row]) -> list[_Entry]:
    """Up to three rows at the upper and at the lower edge."""
    entries = []
    for head in (True, False):
        order = rows if head else rows[::-1]
        for depth, row in enumerate(order[:3]):
            distance = row.baseline if head else page.height - row.baseline
            if distance > _ZONE * page.height:
                break
            after = order[depth + 1] if depth + 1 < len(order) else None
            gap = abs(after.baseline - row.baseline) if after is not None else page.height
            apart = after is None or gap > _APART * 1.2 * max(row.size, after.size)
            text = plain(row)
            key = _DIGITS.sub("0", text)
            entries.append(_Entry(page, row, text, key, depth, apart, head))
    return entries


def _repeated(entries: list[_Entry], pages: int) -> set[int]:
    """Rows whose text, digits aside, stands at the same height on many pages."""
    groups: dict[tuple[bool, str], list[_Entry]] = {}
    for entry in entries:
        groups.setdefault((entry.head, entry.key), []).append(entry)
    found: set[int] = set()
    for group in groups.values():
        for entry in group:
            same = [other for other in group if abs(other.row.baseline - entry.row.baseline) <= _SAME_HEIGHT]
            on = len({other.page.number for other in same})
            apart = sum(1 for other in same if other.apart or other.depth == 0)
            # The first page often goes without.
            enough = max(_MARGIN_SHARE * pages, _ANYWHERE_LEAST) if pages > 4 else pages - 1
            # With few pages the same line may open or close each of them by chance; a gap makes it sure.
            sure = pages >= 8 or all(other.apart or other.depth > 0 for other in same)
            if on >= max(enough, 2) and apart and sure:
                found.add(id(entry.row))
    return found


def _everywhere(pages: list[tuple[Page, list[Row]]]) -> set[int]:
    """Rows that stand word for word in one place on nearly every page: marks laid under the text."""
    if len(pages) < _ANYWHERE_LEAST:
        return set()
    places: Counter[tuple[str, int, int]] = Counter()
    keyed = []
    for page, rows in pages:
        keys = {id(row): (plain(row), round(row.baseline / 2), round(row.left / 2)) for row in rows}
        keyed.append((page, keys))
        places.update(set(keys.values()))
    least = max(_ANYWHERE_LEAST, 0.8 * len(pages))
    return {ident for _, keys in keyed for ident, key in keys.items() if places[key] >= least}


def _is_page_number(entry: _Entry, pages: int) -> bool:
    if entry.depth > 0 and not entry.apart:
        return False
    text = entry.text
    if BARE_NUMBER.fullmatch(text):
        # A year or a figure may stand alone at the edge of a page; a page number is small and near its page.
        return entry.apart and int(text) <= max(2 * pages, pages + 200) and entry.depth == 0
    return PAGE_NUMBER.fullmatch(text) is not None
