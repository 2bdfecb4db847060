"""Draws to test with: one that is written out, and any that hypothesis thinks of."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from hypothesis import strategies as st

from luoshi.core.draw.steps import answer, cancel, commit, draw, prepare
from luoshi.core.draw.values import (
    Answer,
    Cancelled,
    Candidate,
    Committed,
    Drawn,
    Prepared,
    PublicSource,
    Stratum,
)

SOURCE = PublicSource("某公开开奖第 26060 期", date(2026, 3, 5), "七个两位数,按开出的顺序,以一个空格分隔")
VALUE = "03 08 11 17 22 29 06"
SECRET = bytes(range(32))
# Nine in the morning of the second of March in China, and the evening of the fifth.
BEFORE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
AFTER = datetime(2026, 3, 5, 14, 0, tzinfo=UTC)
STRATA = (Stratum("对象", 3, substitutes=2), Stratum("人员", 2, substitutes=2, multiple=3))
CANDIDATES = (
    *(Candidate(f"D{number:02}", "对象", f"云溪商店{number}") for number in range(1, 10)),
    Candidate("D10", "对象", "云溪商店10", ("已注销",)),
    *(Candidate(f"R{number:02}", "人员") for number in range(1, 8)),
    Candidate("R08", "人员", kept_out=("在外培训", "近亲属任职于检查对象")),
)


def prepared() -> Prepared:
    """The example, before anything was committed."""
    return prepare(purpose="2026年第二季度市场监管抽查", strata=STRATA, source=SOURCE, candidates=CANDIDATES)


def committed() -> Committed:
    """The example, announced."""
    return commit(prepared(), secret=SECRET, at=BEFORE)


def drawn() -> Drawn:
    """The example, with its result."""
    return draw(committed(), secret=SECRET, value=VALUE, at=AFTER)


def answered() -> Drawn:
    """The example, after one refused, one accepted, and another accepted and was recused later."""
    now = drawn()
    first, second, third = now.orders["对象"][:3]
    for minutes, (key, said, reason) in enumerate(
        [
            (first, Answer.refused, "停业装修"),
            (second, Answer.accepted, ""),
            (third, Answer.accepted, "按期到场"),
            (third, Answer.recused, "事后查明与检查人员有利害关系"),
        ],
        1,
    ):
        now = answer(now, key=key, answer=said, reason=reason, at=AFTER + timedelta(minutes=minutes))
    return now


def called_off() -> Cancelled:
    """The example, cancelled before it was drawn."""
    return cancel(committed(), secret=SECRET, reason="名单有误", at=BEFORE + timedelta(hours=1))


def seed(number: int) -> bytes:
    """The same chance each time."""
    return sha256(str(number).encode()).digest()


# What JSON escapes, what takes four bytes, and what looks like another character.
LINES = st.text('甲乙a1/"\\{é😀１', min_size=1, max_size=3)


@st.composite
def histories(choose: st.DrawFn) -> Drawn | Cancelled:
    """A draw, answered and perhaps cancelled, before or after; perhaps the second for its purpose."""
    strata, candidates = [], []
    for name in choose(st.lists(LINES, min_size=1, max_size=3, unique=True)):
        number, substitutes, multiple, more = choose(st.tuples(*map(st.integers, (1, 0, 1, 0), (3, 2, 3, 3))))
        strata.append(Stratum(name, number, substitutes, multiple))
        keys = range(len(candidates), len(candidates) + strata[-1].needed + more)
        candidates += [Candidate(f"{key}", name, f"店{key}") for key in keys]
        candidates += [Candidate(f"{name}/{key}", name, kept_out=(name,)) for key in range(more)]
    frozen = prepare(
        purpose=choose(LINES),
        strata=choose(st.permutations(strata)),
        source=SOURCE,
        candidates=choose(st.permutations(candidates)),
    )
    at = choose(st.datetimes(datetime(2026, 1, 1), datetime(2026, 3, 1))).replace(tzinfo=UTC)  # noqa: DTZ001
    before = commit(frozen, secret=seed(1), at=at)
    secret = choose(st.binary(min_size=32, max_size=32))
    if choose(st.booleans()):
        dropped = cancel(before, secret=seed(1), reason=choose(LINES), at=at)
        before = commit(frozen, secret=secret, at=at, earlier=[dropped])
    else:
        before = commit(frozen, secret=secret, at=at)
    if choose(st.integers(0, 4)) == 0:
        return cancel(before, secret=secret, reason=choose(LINES), at=at)
    now = draw(before, secret=secret, value=choose(LINES), at=AFTER)
    for _ in range(choose(st.integers(0, 5))):
        open_to = [(place.key, place.accepted) for held in now.places.values() for place in held]
        if not open_to:
            break
        key, accepted = choose(st.sampled_from(open_to))
        kinds = [Answer.refused, Answer.recused] if accepted else list(Answer)
        now = answer(now, key=key, answer=choose(st.sampled_from(kinds)), reason=choose(LINES), at=AFTER)
    if choose(st.integers(0, 4)) == 0:
        return cancel(now, secret=secret, reason=choose(LINES), at=AFTER)
    return now
