"""Where a mechanism offers itself: the words of its declaration in the text of a task.

Only a person binds. What is found here is a suggestion with its reasons: which words, in which sentence.
Widths of brackets and the blanks that a document leaves inside words make no difference.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from luoshi.core.mechanism.declaration import Aim, Mechanism

_SAME = str.maketrans({"(": "（", ")": "）", ",": "，", ";": "；", ":": "：", "％": "%"})
_ENDS = frozenset("。；;！？\n")


@dataclass(frozen=True, slots=True)
class Found:
    """A word of a declaration in a text, by its characters there; `end` is exclusive."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A mechanism for a task.

    Attributes:
        found: its words, in the order of the text.
        certain: whether two of its words stand there, or its own name does.
    """

    mechanism: str
    found: tuple[Found, ...]
    certain: bool


@dataclass(frozen=True, slots=True)
class Aimed:
    """An indicator for a target of a plan.

    Attributes:
        certain: whether the target is called exactly so, but for an addition in brackets.
    """

    mechanism: str
    indicator: str
    word: str
    certain: bool


def offered(mechanism: Mechanism, text: str) -> Offer | None:
    """What a mechanism finds of its words in a task; None where it finds nothing.

    Args:
        text: of the task.
    """
    letters, places = _squeezed(text)
    found = []
    for word in dict.fromkeys(mechanism.serves):
        wanted, _unused = _squeezed(word)
        at = letters.find(wanted)
        if wanted and at >= 0:
            found.append(Found(word, places[at], places[at + len(wanted) - 1] + 1))
    if not found:
        return None
    named = any(one.word == mechanism.name.zh for one in found)
    return Offer(mechanism.key, tuple(sorted(found, key=_place)), named or len(found) > 1)


def aimed(mechanism: Mechanism, *, of: str, quote: str, unit: str) -> Aimed | None:
    """The indicator that a target asks for; None where none is for it.

    Args:
        of: what the target counts, as the plan reads it; where it says nothing the quoted words count.
        quote: the words of the target.
        unit: of the target; an aim without a unit takes any.

    The aim with the longest word that stands in it counts.
    """
    said, _unused = _squeezed(of or quote)
    named, _unused = _squeezed(of)
    best: tuple[int, str, Aim] | None = None
    for aim in mechanism.aims:
        for word in aim.words:
            wanted, _unused = _squeezed(word)
            fits = wanted in said and (not aim.unit or aim.unit == unit)
            if wanted and fits and (best is None or len(wanted) > best[0]):
                best = (len(wanted), word, aim)
    if best is None:
        return None
    certain = _squeezed(best[1])[0] in (named, named.partition("（")[0])
    return Aimed(mechanism.key, best[2].indicator, best[1], certain)


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a place of a text: where it begins and ends, blanks around it left out.

    Example:
        >>> text = "建好阵地。每季度检查一次；损坏的维修。"
        >>> first, last = sentence(text, 8, 10)
        >>> text[first:last]
        '每季度检查一次；'
    """
    first = max((at + 1 for at in range(start) if text[at] in _ENDS), default=0)
    last = next((at + 1 for at in range(end, len(text)) if text[at] in _ENDS), len(text))
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last


def excerpts(text: str, found: Iterable[Found]) -> list[tuple[int, int]]:
    """The sentences that hold the words, each once, in order."""
    return sorted({sentence(text, one.start, one.end) for one in found})


def _place(one: Found) -> tuple[int, int]:
    return one.start, one.end


def _squeezed(text: str) -> tuple[str, list[int]]:
    """A text without blanks and with one width of marks, and where each of its characters stood."""
    kept = [(letter, at) for at, letter in enumerate(text.translate(_SAME).upper()) if not letter.isspace()]
    return "".join(letter for letter, _at in kept), [at for _letter, at in kept]
