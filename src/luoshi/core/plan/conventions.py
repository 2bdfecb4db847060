"""Sentences that say how all lists are to be read: "the first listed leads", "those with a star lead"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from luoshi.core.plan import grammar
from luoshi.core.plan.model import Convention
from luoshi.core.plan.reading import Reading

FIRST, STAR, COMMA = "first-listed-leads", "starred-leads", "before-comma-leads"


@dataclass(frozen=True, slots=True)
class Ruling:
    """A convention and from which character of the view it holds; `sign` is the star or the point it names."""

    kind: str
    start: int
    end: int
    sign: str = ""


# Words without which no convention can stand; a cheap look before the patterns. Sample: 第一位
_HINT = re.compile("第一|首位|最前|首个|第1位|标|带|加注|逗号前|分号前|逗号之前|分号之前|顿号前")
_POINT = {"逗号": ",", "分号": ";", "顿号": "、"}


def find_conventions(view: str) -> list[Ruling]:
    """All conventions of a text, in order."""
    found: list[Ruling] = []
    at = 0
    for hint in _HINT.finditer(view):
        if hint.start() < at or (
            "牵头" not in view[hint.start() : hint.start() + 40]
            and "主办" not in view[hint.start() : hint.start() + 40]
        ):
            continue
        ruling = _ruling(view, max(hint.start() - 16, 0), hint.start() + 60)
        if ruling and ruling.end > hint.start():
            found.append(ruling)
            at = ruling.end
    return found


def _ruling(view: str, start: int, end: int) -> Ruling | None:
    for kind, rule in ((FIRST, grammar.FIRST_LISTED), (STAR, grammar.STARRED), (COMMA, grammar.BEFORE_COMMA)):
        assert rule.pattern is not None
        found = rule.pattern.search(view, start, end)
        if found:
            groups = found.groupdict()
            sign = groups.get("star") or _POINT.get(groups.get("point") or "", "")
            return Ruling(kind, found.start(), found.end(), sign)
    return None


def cut_conventions(view: str, start: int, end: int) -> tuple[int, int]:
    """The list that stands at `start` to `end`, without the convention or remark behind it.

    Example:
        >>> text = "市财政局、市税务局,排在首位的为牵头单位,下同"
        >>> first, last = cut_conventions(text, 0, len(text))
        >>> text[first:last]
        '市财政局、市税务局'
    """
    last = end
    if _HINT.search(view, start, end):
        ruling = _ruling(view, start, end)
        if ruling and ruling.start > start:
            last = ruling.start
    remark = grammar.NOT_REPEATED.pattern
    assert remark is not None
    found = (
        remark.search(view, start, last) if "不" in view[start:last] or "下同" in view[start:last] else None
    )
    if found and found.start() > start:
        last = found.start()
    while last > start and view[last - 1] in ",;。、( \n[":
        last -= 1
    return start, last


def to_convention(reading: Reading, ruling: Ruling) -> Convention:
    """The convention as the plan keeps it."""
    span = reading.span(ruling.start, ruling.end)
    return Convention(ruling.kind, span, span.of(reading.text))
