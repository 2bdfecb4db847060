"""A seed decides, and nothing else: known answers, and every outcome as often as any other."""

from __future__ import annotations

import hmac
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from itertools import count, islice, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.draw.selection import below, blocks, seed_of, select
from tests.core.draw.example import SECRET, VALUE, seed

# Known answers, computed with `openssl dgst -sha256 -mac HMAC -macopt hexkey:…` from the description in
# docs/concepts/draw.md; the selection was done from the blocks with pencil and paper: with five of the seven
# left, the third block is thrown away.
COMMITMENT = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
SEED = "f4f89f19da460730ccfcb20bfeb83e10c99edd80f860ec6735b73f45e646c59a"
BLOCKS = (
    "150c4bbf73634b479ca4bd93b061854fea383b2589d319d69c4c9b885da98559",
    "105710c6259ea09c32a0e1e9226434fd7359a9b227db28588ed6efdd724bc3be",
    "a7f84db4b2e3435a0bb6a0ee9dcdd422e7fc1c0bcdcc8d37a463ed31826a1ac7",
    "266740fe094802f60eaf7e91cc4b0635b2979577ab319fc1a1965d655756ffed",
    "26acd9d0e71cd119429747a5403430a2be980b649e910de441457d34e8e308b0",
    "5d6c65a36992b88d29742a8937df6ad92c21b97a0621e981c112f76355999beb",
)
# Chi-square is above this in one of a thousand runs, by degrees of freedom.
# Source: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4.
CRITICAL = {4: 18.467, 6: 22.458, 23: 49.728}


def chi_square(found: Iterable[object], cells: Iterable[object]) -> float:
    """How far the counts are from all being alike."""
    counts, cells = Counter(found), list(cells)
    expected = counts.total() / len(cells)
    assert set(counts) <= set(cells)
    return sum((counts[cell] - expected) ** 2 / expected for cell in cells)


def drawn_by_binary_digits(pool: list[str], number: int, seed: bytes, stratum: str) -> list[str]:
    """The same draw in another way: with the digits of the blocks as text, and plain calls of hmac."""
    left, found, blocks = sorted(pool), [], count()
    while len(found) < number:
        message = "luoshi.draw/1 select\n" + stratum + "\n" + str(next(blocks))
        digits = "".join(f"{byte:08b}" for byte in hmac.new(seed, message.encode(), sha256).digest())
        needed = len(f"{len(left) - 1:b}") if len(left) > 1 else 0
        place = int(digits[:needed] or "0", 2)
        if place < len(left):
            found.append(left[place])
            left = left[:place] + left[place + 1 :]
    return found


def test_known_seed_and_blocks() -> None:
    assert seed_of(SECRET, COMMITMENT, VALUE).hex() == SEED
    first = islice(blocks(bytes.fromhex(SEED), "甲"), len(BLOCKS))
    assert [f"{block:064x}" for block in first] == list(BLOCKS)


@pytest.mark.parametrize(("pool", "order"), [("abcde", "abecd"), ("abcdefg", "abdcfeg"), ("a", "a")])
def test_known_selection(pool: str, order: str) -> None:
    for number in range(len(pool) + 1):
        assert select(pool, number, bytes.fromhex(SEED), "甲") == tuple(order[:number])


@given(st.sets(st.text(max_size=3), min_size=1, max_size=40), st.binary(min_size=32, max_size=32), st.data())
def test_whatever_the_order_each_is_drawn_once(pool: set[str], key: bytes, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(pool)))
    found = select(data.draw(st.permutations(sorted(pool))), number, key, "s")
    assert len(set(found)) == len(found) == number
    assert set(found) <= pool
    assert list(found) == drawn_by_binary_digits(list(pool), number, key, "s")
    assert found == select(pool, len(pool), key, "s")[:number]


@pytest.mark.parametrize("bound", [1, 2, 3, 5, 6, 7, 8, 9, 10, 100, 129, 255])
def test_every_number_below_a_bound_has_one_way_to_come_up(bound: int) -> None:
    """Over all beginnings that a block can have; the others are thrown away, never folded back."""
    width = (bound - 1).bit_length()
    stop = bound  # Comes out when a block is thrown away.
    found = Counter()
    for begin in range(1 << width):
        block = begin << (256 - width)
        try:
            found[below(bound, iter([block]))] += 1
        except StopIteration:
            found[stop] += 1
    assert found == Counter({**dict.fromkeys(range(bound), 1), stop: (1 << width) - bound})


def test_one_of_seven_is_drawn_evenly() -> None:
    found = [select("abcdefg", 1, seed(number), "s")[0] for number in range(7000)]
    assert chi_square(found, "abcdefg") < CRITICAL[6]


def test_every_order_comes_as_often() -> None:
    found = [select("abcd", 4, seed(number), "s") for number in range(4800)]
    assert chi_square(found, permutations("abcd")) < CRITICAL[23]


def test_a_remainder_would_have_been_found_out() -> None:
    """The test above has the power to see it: three bits modulo five favour the first three."""
    found = [(next(blocks(seed(number), "s")) >> 253) % 5 for number in range(1000)]
    assert chi_square(found, range(5)) > CRITICAL[4]


@pytest.mark.parametrize(("pool", "number"), [(10, 3), (7, 2), (100, 5), (33, 20)])
def test_each_is_included_as_often(pool: int, number: int) -> None:
    """The share of draws that hold a candidate, within four standard deviations of number / pool."""
    draws = 2000
    keys = [f"{key:03}" for key in range(pool)]
    found = Counter(key for run in range(draws) for key in select(keys, number, seed(run), "s"))
    share = number / pool
    deviation = (draws * share * (1 - share)) ** 0.5
    assert all(abs(found[key] - draws * share) < 4 * deviation for key in keys)


def test_strata_draw_apart() -> None:
    """Two strata of the same keys do not come out alike more often than by chance."""
    same = sum(
        select("abcde", 1, seed(run), "s") == select("abcde", 1, seed(run), "t") for run in range(2000)
    )
    assert abs(same - 400) < 4 * (2000 * 0.2 * 0.8) ** 0.5
