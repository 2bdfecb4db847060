"""Damage that a text shows by itself: signs of no meaning, open quotes, doubled words, a broken end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.plan.model import Finding
from luoshi.core.plan.reading import Reading
from luoshi.core.source import Span

# How much of the neighbourhood a finding quotes, in characters.
_AROUND = 12


def find_damage(reading: Reading) -> Iterator[Finding]:
    """What is damaged in a text, kind by kind, each in text order."""
    yield from _garbled(reading)
    yield from _quotes(reading.text)
    yield from _doubled_words(reading.text)
    yield from _truncated(reading.text)


def near(text: str, start: int, end: int) -> str:
    """The characters `start` to `end` with some of their neighbours, on one line."""
    return text[max(start - _AROUND, 0) : end + _AROUND].replace("\n", "⏎").strip()


# --- signs without meaning -----------------------------------------------------------------------------

# Replacement signs, private use, the marks of a text decoded twice in a wrong way. Sample: 锟斤拷
_GARBLED = re.compile(r"[\ufffd\ue000-\uf8ff]+|(?:锟斤拷|烫烫烫|屯屯屯)+")
# Characters of which one stands in every garbled text; a class of each is quick to look for.
_SIGN = re.compile("[\ufffd锟烫屯\ue000-\uf8ff]")


def _garbled(reading: Reading) -> Iterator[Finding]:
    text = reading.text
    if _SIGN.search(text) is not None:
        for found in _GARBLED.finditer(text):
            yield Finding("garbled-text", Span(*found.span()), {"was": near(text, *found.span())})
    for start, end in _lines_with_gaps(reading):
        span = reading.span(start, end)
        yield Finding("garbled-text", span, {"was": near(text, span.start, span.end)})


def _lines_with_gaps(reading: Reading) -> Iterator[tuple[int, int]]:
    """The first glossed character of each line: one finding a line is enough, glosses come in dozens."""
    line_end = -1
    for position, _ in reading.gaps:
        if position > line_end:
            yield max(position - 1, 0), position
            line_end = reading.view.find("\n", position)
            line_end = len(reading.view) if line_end < 0 else line_end


# --- quotation marks and brackets ----------------------------------------------------------------------

# Every closing mark and the one that opens it.
_PAIRS = {
    "”": "“",
    "’": "‘",
    "》": "《",
    "）": "（",
    ")": "(",
    "】": "【",
    "〕": "〔",
    "」": "「",
    "』": "『",
}
# Any of them, and the line end: no pair goes beyond it.
_MARK = re.compile("[" + re.escape("".join(_PAIRS) + "".join(_PAIRS.values())) + "\n]")
# A closing bracket that belongs to a number: 1) or 一）. Sample: 1)
_NUMBERING = re.compile(r"(?:^|[\n。;；、,，:：\s])[\d一二三四五六七八九十]{1,3}$")


def _quotes(text: str) -> Iterator[Finding]:
    """Quotation marks and brackets that do not match within their line."""
    # Nearly every line is in order: what is left of its marks without their pairs tells which are not.
    left = "".join(_MARK.findall(text))
    for closing, opening in _PAIRS.items():
        left = left.replace(opening + closing, "")
    start = 0
    for line, marks in zip(text.split("\n"), left.split("\n"), strict=True):
        end = start + len(line)
        if marks:
            yield from _unmatched(text, start, end)
        start = end + 1


def _unmatched(text: str, start: int, end: int) -> Iterator[Finding]:
    """The marks of the line from `start` to `end` that do not match."""
    opened: list[int] = []
    for found in _MARK.finditer(text, start, end):
        mark, at = found.group(), found.start()
        if mark not in _PAIRS:
            if opened and text[opened[-1]] == mark and mark in "“‘":
                # “十四五“: the second mark was meant to close.
                yield _mismatch(text, at)
                opened.pop()
            else:
                opened.append(at)
        elif opened and _closes(text[opened[-1]], mark):
            opened.pop()
        elif mark not in "）)" or _NUMBERING.search(text[max(at - 5, 0) : at]) is None:
            yield _mismatch(text, at)
    yield from (_mismatch(text, place) for place in opened)


def _closes(opening: str, closing: str) -> bool:
    # Copies mix the two widths of round brackets; that is no mismatch.
    return _PAIRS[closing] == opening or (opening in "（(" and closing in "）)")


def _mismatch(text: str, at: int) -> Finding:
    return Finding("mismatched-quotes", Span(at, at + 1), {"was": near(text, at, at + 1)})


# --- doubled words -------------------------------------------------------------------------------------

# Words without points, and the point that may part them from the next. Sample: 加强统筹协调、
_WORDS = re.compile(r"([一-鿿]{4,})([、,，]?)")
# Words that are long enough to be doubled.
_LONG = re.compile("[一-鿿]{4,}")
# Words twice in a row. Sample: 加强统筹加强统筹
_DOUBLED = re.compile(r"(.{4,})\1")
# The shortest words whose doubling is a slip of the copy, in characters.
_SHORTEST = 4
_TWICE, _THRICE = 2 * _SHORTEST, 3 * _SHORTEST


def _doubled_words(text: str) -> Iterator[Finding]:
    """Words that stand twice in a row, with or without a point between them."""
    if not _may_be_doubled(text):
        return
    before: tuple[str, int] | None = None
    for found in _WORDS.finditer(text):
        words, start = found.group(1), found.start()
        doubled = _doubled_in(words)
        if doubled is not None:
            yield _doubling(text, start + doubled[0], start + doubled[1])
        elif before is not None and before[1] == start:
            length = _overlap(before[0], words)
            if length:
                yield _doubling(text, start - 1 - length, start + length)
        before = (words, found.end()) if found.group(2) else None


def _may_be_doubled(text: str) -> bool:
    """A quick look that misses nothing: whether any words double themselves or the end of others."""
    before = ""
    for words in _LONG.findall(text):
        if words[:_SHORTEST] in before and _overlap(before, words):
            return True
        # In all but the longest it is the fourth character that would stand again.
        if (
            len(words) >= _TWICE
            and (words[_SHORTEST - 1] in words[_TWICE - 1 :] or len(words) >= _THRICE)
            and _returns(words)
            and _DOUBLED.search(words)
        ):
            return True
        before = words
    return False


def _returns(words: str) -> bool:
    """Whether words may hold another four characters twice in a row: a fourth one stands again."""
    length = len(words)
    # What stands twice is half as long as the words, or shorter; of any four characters one is a fourth.
    reach = length // 2 + 1
    at = _SHORTEST - 1
    while at < length - _SHORTEST:
        if words[at] in words[at + _SHORTEST : at + reach]:
            # Words that hold another four characters twice have four characters fewer than places.
            return len(set(words)) <= length - _SHORTEST
        at += _SHORTEST
    return False


def _overlap(before: str, words: str) -> int:
    """How many characters at the end of `before` are the first ones of `words`; 0 if too few."""
    at = before.rfind(words[:_SHORTEST])
    return len(before) - at if at >= 0 and words.startswith(before[at:]) else 0


def _doubled_in(words: str) -> tuple[int, int] | None:
    for length in range(_SHORTEST, len(words) // 2 + 1):
        for at in range(len(words) - 2 * length + 1):
            if words.startswith(words[at : at + length], at + length):
                return at, at + 2 * length
    return None


def _doubling(text: str, start: int, end: int) -> Finding:
    words = text[start:end]
    return Finding("duplicated-text", Span(start, end), {"was": words, "read": words})


# --- a broken end --------------------------------------------------------------------------------------

# A point inside a sentence.
_POINT = re.compile("[，,。、]")
# The end of a sentence or of a list. Sample: 。
_COMPLETE = re.compile(r"[。！？!?；;…：:](?:[”』」）)】\]〕*]*)$|[）)】\]〕》”|]$")


def _truncated(text: str) -> Iterator[Finding]:
    """A text that breaks off in the middle of a sentence."""
    end = len(text.rstrip())
    start = text.rfind("\n", 0, end) + 1
    line = text[start:end]
    if " | " in line or _POINT.search(line) is None or _COMPLETE.search(line) or _LIST_LINE.match(line):
        return
    yield Finding("truncated", Span(max(end - _AROUND, start), end), {"quote": line[-_AROUND:]})


# A line that ends with a list of bodies needs no point. Sample: 责任部门:区司法局
_LIST_LINE = re.compile(r"[\[【(（]?\s?[一-鿿]{2,8}[:：](?!.*[、,，]$)|抄送|附件|联系")
