"""How the places of a draw are spread over the strata of a pool: by weight, none left empty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Group:
    """Strata that are drawn from together.

    Attributes:
        keys: of these strata, in their order.
        eligible: how many can be drawn.
        weight: of all that can be drawn together.
        places: how many are drawn.
    """

    keys: tuple[str, ...]
    eligible: int
    weight: int
    places: int = 0


def spread(number: int, eligible: Mapping[str, int], weights: Mapping[str, int]) -> tuple[Group, ...]:
    """The strata with their places. Those that would get none are drawn from together with the next smallest.

    Place after place goes to the group whose weight, divided by twice its places and one more, is the
    largest (Sainte-Laguë); no group gets more than it can fill while another still can.

    Args:
        number: of places, at least 1.
        eligible: how many of each stratum can be drawn.
        weights: how often each of them counts; once where nothing is said.

    Example:
        >>> [(one.keys, one.places) for one in spread(4, {"low": 60, "high": 10}, {"high": 6})]
        [(('low',), 2), (('high',), 2)]
        >>> [(one.keys, one.places) for one in spread(1, {"low": 60, "high": 10}, {"high": 6})]
        [(('low', 'high'), 1)]
    """
    groups = [Group((key,), count, count * max(weights.get(key, 1), 1)) for key, count in eligible.items()]
    while True:
        groups = _placed(number, groups)
        if len(groups) == 1 or all(one.places for one in groups):
            return tuple(groups)
        smallest = sorted(range(len(groups)), key=lambda at: (groups[at].places, groups[at].weight, at))[:2]
        first, second = sorted(smallest)
        one, other = groups[first], groups.pop(second)
        groups[first] = Group(one.keys + other.keys, one.eligible + other.eligible, one.weight + other.weight)


def _placed(number: int, groups: list[Group]) -> list[Group]:
    places = [0] * len(groups)
    for _ in range(number):
        open_ones = [at for at, one in enumerate(groups) if places[at] < one.eligible]
        at = max(
            open_ones or range(len(groups)),
            key=lambda at: (Fraction(groups[at].weight, 2 * places[at] + 1), -at),
        )
        places[at] += 1
    return [
        Group(one.keys, one.eligible, one.weight, found) for one, found in zip(groups, places, strict=True)
    ]
