"""Sentences that say how all lists are to be read: "the first listed leads", "those with a star lead"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from luoshi.core.plan import grammar_lists as g
from luoshi.core.plan.model import Convention
from luoshi.core.plan.reading import Reading

FIRST, STAR, COMMA = "first-listed-leads", "starred-leads", "before-comma-leads"
_RULES = ((FIRST, g.FIRST_LISTED), (STAR, g.STARRED), (COMMA, g.BEFORE_COMMA))
_POINT = {"逗号": ",", "分号": ";", "顿号": "、"}

# Words without which no convention can stand; a cheap look before the patterns. Sample: 第一位
_HINT = re.compile("[第首最号☆★*△▲※#](?:(?<=[☆★*△▲※#])|(?<=第)[一1]|(?<=首)[位个]|(?<=[最号])之?前)")
# What a convention speaks of, and how near to the hint, in characters.
_LEADING, _NEAR = re.compile("牵头|汇总|主办|主责"), 40
# How far before its hint a convention may begin, and how far behind it end, in characters.
_BEFORE, _BEHIND = 16, 60


@dataclass(frozen=True, slots=True)
class Ruling:
    """A convention and where it stands in the view; `sign` is the star or the point that it names."""

    kind: str
    start: int
    end: int
    sign: str = ""


def find_conventions(view: str) -> list[Ruling]:
    """All conventions of a text, in order."""
    found: list[Ruling] = []
    at = 0
    for hint in _HINT.finditer(view):
        start = hint.start()
        if start < at or _LEADING.search(view, start, start + _NEAR) is None:
            continue
        ruling = _ruling(view, max(start - _BEFORE, at), start + _BEHIND)
        if ruling and ruling.end > start:
            found.append(ruling)
            at = ruling.end
    return found


def _ruling(view: str, start: int, end: int) -> Ruling | None:
    for kind, rule in _RULES:
        found = rule.pattern.search(view, start, end)
        if found:
            groups = found.groupdict()
            sign = groups.get("star") or _POINT.get(groups.get("point") or "", "")
            return Ruling(kind, found.start(), found.end(), sign)
    return None


def cut_conventions(view: str, start: int, end: int) -> int:
    """Where the list at `start` to `end` really ends: before the convention or remark that stands behind it.

    Example:
        >>> text = "市财政局、市税务局,排在首位的为牵头单位,下同"
        >>> text[: cut_conventions(text, 0, len(text))]
        '市财政局、市税务局'
    """
    last = end
    if _HINT.search(view, start, end):
        ruling = _ruling(view, start, end)
        if ruling and ruling.start > start:
            last = ruling.start
    if view.find("不", start, last) >= 0 or view.find("下同", start, last) >= 0:
        remark = g.NOT_REPEATED.pattern.search(view, start, last)
        if remark and remark.start() > start:
            last = remark.start()
    while last > start and view[last - 1] in ",;。、( \n[":
        last -= 1
    return last


def to_convention(reading: Reading, ruling: Ruling) -> Convention:
    """The convention as the plan keeps it."""
    span = reading.span(ruling.start, ruling.end)
    return Convention(ruling.kind, span, span.of(reading.text))
