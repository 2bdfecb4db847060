"""Quorum and majority, against counting."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.register.voting import least

shares = st.tuples(st.integers(1, 9), st.integers(1, 9)).filter(lambda share: share[0] <= share[1])


@given(st.integers(0, 500), shares, st.booleans())
def test_the_least_number_is_the_first_that_suffices(total: int, share: tuple[int, int], above: bool) -> None:
    wanted = Fraction(*share) * total
    enough = [n for n in range(total + 2) if (n > wanted if above else n >= wanted)]
    assert least(total, share, above=above) == enough[0]
