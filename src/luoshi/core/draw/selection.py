"""Choosing from a pool by a seed: HMAC-SHA-256 in counter mode, every outcome as likely as any other."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator

SECRET_BYTES = 32
_BITS = 256


def seed_of(secret: bytes, commitment: str, value: str) -> bytes:
    """The seed that the opened secret and the public value make.

    Example:
        >>> seed_of(bytes(32), "00" * 32, "07 11 15").hex()[:16]
        'f2afc71f503916e8'
    """
    return hmac.digest(secret, f"luoshi.draw/1 seed\n{commitment}\n{value}".encode(), "sha256")


def blocks(seed: bytes, stratum: str) -> Iterator[int]:
    """Endless numbers of 256 bits for a stratum."""
    counter = 0
    while True:
        block = hmac.digest(seed, f"luoshi.draw/1 select\n{stratum}\n{counter}".encode(), "sha256")
        yield int.from_bytes(block, "big")
        counter += 1


def below(bound: int, numbers: Iterator[int]) -> int:
    """A number from 0 up to `bound`, not included, each as likely as any other.

    Of each number of 256 bits the first bits are taken, as many as `bound` - 1 has; one that comes to `bound`
    or more is thrown away and the next is taken, as a remainder would favour the smaller ones.

    Example:
        >>> below(5, iter([7 << 253, 5 << 253, 3 << 253]))
        3
    """
    width = (bound - 1).bit_length()
    return next(found for number in numbers if (found := number >> (_BITS - width)) < bound)


def select(pool: Iterable[str], count: int, seed: bytes, stratum: str) -> tuple[str, ...]:
    """So many of a pool, in drawn order.

    Those left stand in the order of their keys, numbered from 0; the one whose number is drawn leaves.

    Args:
        pool: keys without repetition, `count` at least; the order they come in does not matter.

    Example:
        >>> select(["a", "b", "c"], 2, bytes(32), "s") == select(["c", "b", "a"], 2, bytes(32), "s")
        True
    """
    left, numbers = sorted(pool), blocks(seed, stratum)
    return tuple(left.pop(below(len(left), numbers)) for _ in range(count))
