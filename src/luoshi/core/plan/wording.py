"""Titles, measures and citations: what the words of a task are, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.plan.grammar_items import AIM, CITATION, VERBS

# The end of a sentence, with its closing quote; one class of signs is quick to look for. Sample: 。”
_SENTENCE_END = re.compile(r"[。!?;\n](?:(?<!\n)[”』])?")
# Two characters that may be one of the verbs; a class of each is quick to look for. Sample: 完善
_PAIR = re.compile("".join(f"[{''.join(sorted({verb[place] for verb in VERBS}))}]" for place in (0, 1)))
# How far into a sentence its verb may stand, in characters.
_VERB_WITHIN = 60
# How a sentence of aims can begin: most are ruled out by it alone.
_AIM_BEGINS = frozenset("为这其附")
# White space, borders and bullets around a sentence.
_AROUND = " \n\t|*-"
# Where the first sentence of a task ends: a point, a line end, markdown's stars, a dash, a blank, a bracket.
_TITLE_END = re.compile(r"[。!?\n【]|\*\*|\s(?:-{1,2}\s?|\s{0,2}(?=[一-鿿(]))|:(?=\n|$)")
# Points that no title holds.
_NO_TITLE = re.compile("[;:|]")
# The shortest and the longest title; one that nothing follows is shorter still.
_SHORTEST, _LONGEST, _LONGEST_ALONE = 3, 32, 30


def sentences(view: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences between two characters, each with its closing point, without white space around."""
    at = start
    for stop in [*_SENTENCE_END.finditer(view, start, end), None]:
        last = stop.end() if stop else end
        if stop and view[stop.start()] == ";" and _inside_brackets(view, at, stop.start()):
            continue
        while at < last and view[at] in _AROUND:
            at += 1
        next_start = last
        while at < last and view[last - 1] in _AROUND:
            last -= 1
        if at < last:
            yield at, last
        at = next_start


def _inside_brackets(view: str, start: int, at: int) -> bool:
    words = view[start:at]
    return words.count("(") > words.count(")") or words.count("[") > words.count("]")


def title_span(view: str, start: int, end: int, group: int | None) -> tuple[int, int] | None:
    """The heading of a task: its first sentence, if that reads as one.

    Args:
        view: the reading's view.
        start: where the words behind the number begin.
        end: where the task's own words end.
        group: where its bodies begin, if they stand in this text.
    """
    while start < end and view[start] in " \t*“」「":
        start += 1
    stop = _TITLE_END.search(view, start, end)
    last = stop.start() if stop else end
    if not _SHORTEST <= last - start <= _LONGEST or (group is not None and group <= last + 1):
        return None
    words = view[start:last]
    commas = words.count(",")
    if commas > 1 or _NO_TITLE.search(words) or words[0].isdigit():
        return None
    if stop is None and (commas or words.count("“") > words.count("”")):
        return None
    rest = view[stop.end() if stop else last : end].strip(" *\n-。")
    if rest or (len(words) <= _LONGEST_ALONE and not commas):
        return start, last
    return None


def citation_places(view: str) -> list[tuple[int, int]]:
    """Where the titles in 《》 stand, without their brackets, in order."""
    return [found.span("title") for found in CITATION.pattern.finditer(view)]


def asks(view: str, start: int, end: int) -> bool:
    """Whether the sentence at `start` to `end` asks for something to be done.

    Example:
        >>> asks("要完善目录制度。", 0, 8), asks("会议指出了问题。", 0, 8)
        (True, False)
    """
    last = min(end, start + _VERB_WITHIN + 1)
    pair = _PAIR.search(view, start, last)
    while pair is not None and pair.group() not in VERBS:
        pair = _PAIR.search(view, pair.start() + 1, last)
    return pair is not None and (
        view[start] not in _AIM_BEGINS or AIM.pattern.match(view, start, end) is None
    )
