"""Which duties of two texts belong together: few candidates for each, found by rare words, then compared.

An index says which duties hold a pair of characters. Pairs that many hold are passed over, so a text twice as
long costs about twice as much.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from luoshi.core.alignment.duty import Duty
from luoshi.core.alignment.likeness import Likeness, Weights, Words, compare, score

RARE = 24
"""A pair of characters that more duties than this hold leads to no candidate."""

MOST_CANDIDATES = 12
"""Duties of the other text that one duty is compared with."""

LIKELY, POSSIBLE = 0.5, 0.3
"""From which score on two duties are taken for the same, and from which on they are shown as related."""


class Standing(StrEnum):
    """How a clause is met by the other text."""

    MET = "met"
    PARTLY = "partly"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Match:
    """Two duties that may belong together, by their keys."""

    left: str
    right: str
    likeness: Likeness

    @property
    def likely(self) -> bool:
        """Whether they are taken for the same until a person says otherwise."""
        return self.likeness.score >= LIKELY


def match(left: Sequence[Duty], right: Sequence[Duty], *, least: float = POSSIBLE) -> tuple[Match, ...]:
    """Pairs of duties of two texts from a score on, the best first; the order of the duties does not matter.

    Args:
        left: duties of one text.
        right: duties of the other.
        least: the score from which on a pair is given.
    """
    here, there = _taken_apart(left), _taken_apart(right)
    weights = Weights.of([*here.values(), *there.values()])
    scored = [
        (score(here[one], there[other], weights)[0], one, other)
        for one, other in _candidates(here, there, weights)
    ]
    wanted = sorted((-share, one, other) for share, one, other in scored if share >= least)
    return tuple(Match(one, other, compare(here[one], there[other], weights)) for _, one, other in wanted)


def _taken_apart(duties: Iterable[Duty]) -> dict[str, Words]:
    return {duty.key: Words.of(duty) for duty in duties}


def _candidates(
    left: Mapping[str, Words], right: Mapping[str, Words], weights: Weights
) -> Iterator[tuple[str, str]]:
    """For each duty on either side those of the other that share most rare words with it."""
    index, back = _index(right), _index(left)
    pairs: set[tuple[str, str]] = set()
    for key, words in left.items():
        pairs |= {(key, other) for other in _best(words, index, weights)}
    for key, words in right.items():
        pairs |= {(other, key) for other in _best(words, back, weights)}
    yield from sorted(pairs)


def _index(duties: Mapping[str, Words]) -> dict[str, list[str]]:
    held: dict[str, list[str]] = defaultdict(list)
    for key in sorted(duties):
        for pair in duties[key].pairs:
            held[pair].append(key)
    return {pair: keys for pair, keys in held.items() if len(keys) <= RARE}


def _best(words: Words, index: Mapping[str, list[str]], weights: Weights) -> list[str]:
    weighed: dict[str, float] = defaultdict(float)
    for pair in sorted(words.pairs):
        for key in index.get(pair, ()):
            weighed[key] += weights.of_pair(pair)
    return sorted(weighed, key=lambda key: (-weighed[key], key))[:MOST_CANDIDATES]


def standings(keys: Iterable[str], best: Mapping[str, float]) -> dict[str, Standing]:
    """How each duty stands, by the score of the best pair that it is in and that nobody has refused."""
    return {key: standing(best.get(key, 0.0)) for key in keys}


def standing(best: float) -> Standing:
    """How a duty stands whose best pair has this score.

    Example:
        >>> [standing(share).value for share in (0.8, 0.4, 0.0)]
        ['met', 'partly', 'missing']
    """
    if best >= LIKELY:
        return Standing.MET
    return Standing.PARTLY if best >= POSSIBLE else Standing.MISSING
