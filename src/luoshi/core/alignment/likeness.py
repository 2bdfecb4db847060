"""How alike two duties are: a share from 0 to 1, and why.

The words of a duty are its pairs of neighbouring characters. A pair weighs the more the fewer duties hold it,
so 加强 and 工作 say little and 法治副校长 says much. Bodies, targets and cited documents count where both
duties name any. Nothing is learnt and nothing is asked elsewhere: the same texts give the same answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import log, sqrt

from luoshi.core.alignment.duty import Duty
from luoshi.core.source import Span

# Runs of characters that carry meaning; points and blanks end a run. Sample: 每年12月
_RUN = re.compile(r"[\u3400-\u9fffA-Za-z0-9%]+")
PARTS = {"words": 0.76, "bodies": 0.08, "targets": 0.08, "cited": 0.08}
"""What each part weighs; a part that one of the two does not have is left out and the rest weighs in full."""

SHORTEST_SHARED = 4
"""Characters from which on shared words are shown as a reason."""

MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Words:
    """A duty taken apart: its pairs of characters, and where its runs stand in its text."""

    duty: Duty
    pairs: frozenset[str]
    runs: tuple[Span, ...]

    @classmethod
    def of(cls, duty: Duty) -> Words:
        """Take a duty apart."""
        shown = list(duty.text)
        for span in duty.hidden:
            shown[span.start : span.end] = " " * len(span)
        text = "".join(shown)
        runs = tuple(Span(*found.span()) for found in _RUN.finditer(text) if len(found.group()) > 1)
        pairs = frozenset(text[at : at + 2] for run in runs for at in range(run.start, run.end - 1))
        return cls(duty, pairs, runs)


@dataclass(frozen=True, slots=True)
class Weights:
    """What each pair of characters weighs among some duties; a pair that none of them holds weighs most."""

    count: int
    held: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, duties: Iterable[Words]) -> Weights:
        """The weights among these duties, whatever their order."""
        held: Counter[str] = Counter()
        count = 0
        for words in duties:
            held.update(words.pairs)
            count += 1
        return cls(count, held)

    def of_pair(self, pair: str) -> float:
        """What one pair weighs; never nothing."""
        return log(1 + (self.count + 1) / max(self.held[pair], 1))

    def sum(self, pairs: Iterable[str]) -> float:
        """What some pairs weigh together; added up in one order, so that it is always the same number."""
        return sum(self.of_pair(pair) for pair in sorted(pairs))


@dataclass(frozen=True, slots=True)
class Shared:
    """Words that stand in both duties: where, counted from the beginning of each duty's text."""

    words: str
    left: Span
    right: Span


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two duties are.

    Attributes:
        score: 0 for nothing in common, 1 for the same.
        parts: the share of each of `PARTS` that both have.
        shared: the longest words that stand in both, in the order of the left text.
        bodies, targets, cited: what both name.
    """

    score: float
    parts: dict[str, float]
    shared: tuple[Shared, ...] = ()
    bodies: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()


def score(left: Words, right: Words, weights: Weights) -> tuple[float, dict[str, float]]:
    """The share, and that of each part. Left and right may change places."""
    parts: dict[str, float] = {}
    if left.pairs and right.pairs:
        parts["words"] = _share_of_words(left.pairs, right.pairs, weights)
    for name in ("bodies", "targets", "cited"):
        here, there = getattr(left.duty, name), getattr(right.duty, name)
        if here and there:
            parts[name] = 2 * len(here & there) / (len(here) + len(there))
    if "words" not in parts:
        return (1.0 if left.duty.text.strip() == right.duty.text.strip() else 0.0), parts
    full = sum(PARTS[name] for name in parts)
    return min(sum(PARTS[name] * share for name, share in parts.items()) / full, 1.0), parts


def _share_of_words(left: frozenset[str], right: frozenset[str], weights: Weights) -> float:
    """Between what is shared of both and what is shared of the shorter one.

    A plan often takes one sentence out of a long clause; the shorter text alone would make any short one
    alike to every long one.
    """
    common = weights.sum(left & right)
    here, there = weights.sum(left), weights.sum(right)
    return sqrt((2 * common / (here + there)) * (common / min(here, there)))


def compare(left: Words, right: Words, weights: Weights) -> Likeness:
    """How alike two duties are, with the reasons.

    Example:
        >>> from luoshi.core.alignment.duty import Duty
        >>> one = Duty("a", "1", "建立普法责任清单。", Span(0, 9))
        >>> two = Duty("b", "7", "公布普法责任清单。", Span(0, 9))
        >>> words = [Words.of(one), Words.of(two)]
        >>> found = compare(*words, Weights.of(words))
        >>> round(found.score, 2), found.shared[0].words
        (0.62, '普法责任清单')
    """
    share, parts = score(left, right, weights)
    return Likeness(
        share,
        parts,
        shared_words(left, right),
        tuple(sorted(left.duty.bodies & right.duty.bodies)),
        tuple(sorted(left.duty.targets & right.duty.targets)),
        tuple(sorted(left.duty.cited & right.duty.cited)),
    )


def shared_words(left: Words, right: Words) -> tuple[Shared, ...]:
    """The longest words that stand in both, none twice and none inside another, in the order of the left."""
    found = sorted(_stretches(left, right), key=lambda one: (-len(one.words), one.words, one.left, one.right))
    kept: list[Shared] = []
    for one in found:
        if len(kept) == MOST_SHOWN:
            break
        if not any(_touch(one.left, other.left) or _touch(one.right, other.right) for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: one.left))


def _stretches(left: Words, right: Words) -> Iterable[Shared]:
    """Every stretch that stands in both and cannot be made longer."""
    there: dict[str, list[int]] = {}
    text, other = left.duty.text, right.duty.text
    for run in right.runs:
        for at in range(run.start, run.end - SHORTEST_SHARED + 1):
            there.setdefault(other[at : at + SHORTEST_SHARED], []).append(at)
    ends = {at: run for run in right.runs for at in range(run.start, run.end)}
    for run in left.runs:
        for at in range(run.start, run.end - SHORTEST_SHARED + 1):
            for place in there.get(text[at : at + SHORTEST_SHARED], ()):
                begins = at == run.start or place == ends[place].start or text[at - 1] != other[place - 1]
                if not begins:
                    continue
                most = min(run.end - at, ends[place].end - place)
                length = SHORTEST_SHARED
                while length < most and text[at + length] == other[place + length]:
                    length += 1
                yield Shared(text[at : at + length], Span(at, at + length), Span(place, place + length))


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
