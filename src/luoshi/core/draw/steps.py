"""The steps of a draw, each from one stage to the next. Nothing is changed; each gives a new value."""

from __future__ import annotations

import hmac
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from itertools import pairwise

from luoshi.core.draw import errors
from luoshi.core.draw.record import commitment_of
from luoshi.core.draw.selection import SECRET_BYTES, seed_of, select
from luoshi.core.draw.values import (
    Answer,
    Cancellation,
    Cancelled,
    Candidate,
    Committed,
    Drawn,
    Prepared,
    PublicSource,
    Reply,
    Stratum,
)
from luoshi.core.errors import Phrase
from luoshi.core.transparency.canonical import written

CHINA = timezone(timedelta(hours=8))
PURPOSE = Phrase("抽取事项", "The purpose")
KEY = Phrase("代码", "A key")
NAME = Phrase("名称", "A name")
REASON = Phrase("理由", "The reason")
SOURCE = Phrase("公开值的来源和写法", "Source and form of the public value")
VALUE = Phrase("公开值", "The public value")


def prepare(
    *, purpose: str, strata: Iterable[Stratum], source: PublicSource, candidates: Iterable[Candidate]
) -> Prepared:
    """Freeze the list and the rules of a draw. The order they come in does not matter.

    Raises:
        UnfitText, UnfitNumber: something is written as it cannot stay.
        ListedTwice: a candidate or stratum is named twice.
        StratumUnknown: a candidate's stratum is not drawn from.
        PoolTooSmall: too few can be drawn.
    """
    frozen = Prepared(
        _line(purpose, PURPOSE),
        tuple(sorted(strata, key=lambda one: one.key)),
        source,
        tuple(sorted(candidates, key=lambda one: one.key)),
    )
    for text in (source.name, source.form):
        _line(text, SOURCE)
    _check_strata(frozen.strata)
    _check_candidates(frozen)
    for stratum in frozen.strata:
        eligible = len(frozen.pool(stratum.key))
        if eligible < stratum.needed:
            listed = sum(one.stratum == stratum.key for one in frozen.candidates)
            raise errors.PoolTooSmall(
                stratum=stratum.key, listed=listed, eligible=eligible, needed=stratum.needed
            )
    return frozen


def commit(
    prepared: Prepared,
    *,
    secret: bytes,
    at: datetime,
    earlier: Iterable[Committed | Drawn | Cancelled] = (),
) -> Committed:
    """Commit to a draw. What comes out is to be published at once, and the secret kept until the draw.

    Args:
        secret: 32 bytes of chance that nobody else knows, new for every draw.
        earlier: draws there were; those for other purposes are passed over.

    Raises:
        DrawnBefore: one for the same purpose was not cancelled.
        CommittedTooLate: the public value comes this day or came before.
        OutOfOrder: one that was cancelled was cancelled later.
    """
    return commit_after(refuse_second(prepared.purpose, earlier), prepared, secret=secret, at=at)


def commit_after(
    cancelled: tuple[Cancellation, ...], prepared: Prepared, *, secret: bytes, at: datetime
) -> Committed:
    """Commit to a draw after those for its purpose that were cancelled; otherwise as `commit`."""
    if len(secret) != SECRET_BYTES or secret.hex() in {one.secret for one in cancelled}:
        raise ValueError(f"a secret is {SECRET_BYTES} bytes that nobody has seen")
    if day(at) >= prepared.source.date:
        raise errors.CommittedTooLate(date=prepared.source.date, today=day(at))
    times = [*(one.at for one in cancelled), at]
    for before, following in pairwise(times):
        _follow(before, following)
    uncommitted = Committed(prepared, "", at, cancelled)
    return replace(uncommitted, commitment=commitment_of(uncommitted, secret))


def refuse_second(purpose: str, earlier: Iterable[Committed | Drawn | Cancelled]) -> tuple[Cancellation, ...]:
    """Refuse to draw for a purpose that was drawn for; spelling and blanks make no other purpose of it.

    Returns:
        The draws for it that were cancelled, oldest first.

    Raises:
        DrawnBefore: one of them was not.
    """
    found = []
    for one in earlier:
        if _spelled(one.purpose) != _spelled(purpose):
            continue
        if not isinstance(one, Cancelled):
            committed = one if isinstance(one, Committed) else one.committed
            raise errors.DrawnBefore(purpose=purpose, commitment=committed.commitment)
        found.append(Cancellation(one.committed.commitment, one.secret, one.reason, one.at))
    return tuple(sorted(found, key=lambda one: (one.at, one.commitment)))


def draw(committed: Committed, *, secret: bytes, value: str, at: datetime) -> Drawn:
    """Draw, once the public value is known.

    Args:
        value: as its source published it, written as was fixed.

    Raises:
        WrongSecret: it is not the one committed to.
        DrawnTooEarly: the day of the public value has not come.
        UnfitText: the value is not one line.
    """
    _open(committed, secret)
    prepared = committed.prepared
    if day(at) < prepared.source.date:
        raise errors.DrawnTooEarly(date=prepared.source.date, today=day(at))
    seed = seed_of(secret, committed.commitment, _line(value, VALUE))
    orders = {
        one.key: select(prepared.pool(one.key), one.number + one.substitutes, seed, one.key)
        for one in prepared.strata
    }
    return Drawn(committed, secret.hex(), value, seed.hex(), orders, at)


def answer(drawn: Drawn, *, key: str, answer: Answer, reason: str = "", at: datetime) -> Drawn:
    """Record what one who holds a place answered. Who refuses or is recused leaves it to the next substitute.

    A recusal that is known only after a place was accepted is recorded the same way.

    Raises:
        HoldsNoPlace: of somebody who was not drawn, has not moved up or is out.
        AcceptedBefore: it was accepted already.
        UnfitText: no reason is given for leaving.
        OutOfOrder: before the last answer.
    """
    return answer_all(drawn, [Reply(key, answer, reason, at)])


def answer_all(drawn: Drawn, replies: Iterable[Reply]) -> Drawn:
    """Record many answers, in their order, under the rules of `answer`."""
    new = tuple(replies)
    place = {key: (name, at) for name, order in drawn.orders.items() for at, key in enumerate(order)}
    # How far down the drawn order of a stratum those who hold its places reach.
    reach = {stratum.key: stratum.number for stratum in drawn.committed.prepared.strata}
    said: dict[str, Answer] = {}
    before = drawn.at
    for reply in (*drawn.replies, *new):
        stratum, position = place.get(reply.key, ("", -1))
        last = said.get(reply.key)
        if position < 0 or position >= reach[stratum] or last not in (None, Answer.accepted):
            raise errors.HoldsNoPlace(key=reply.key)
        if last is reply.answer:
            raise errors.AcceptedBefore(key=reply.key)
        if reply.answer is not Answer.accepted:
            reach[stratum] += 1
        if reply.answer is not Answer.accepted or reply.reason != "":
            _line(reply.reason, REASON)
        _follow(before, reply.at)
        said[reply.key], before = reply.answer, reply.at
    return replace(drawn, replies=(*drawn.replies, *new))


def cancel(before: Committed | Drawn, *, secret: bytes, reason: str, at: datetime) -> Cancelled:
    """Call a draw off, to be published with its reason.

    The secret is opened even when nothing was drawn: otherwise a result that is known inside and not liked
    could be dropped before anybody sees it.

    Raises:
        WrongSecret: it is not the one committed to.
        UnfitText: there is no reason.
        OutOfOrder: before the last step.
    """
    _open(before if isinstance(before, Committed) else before.committed, secret)
    _follow(_last(before), at)
    return Cancelled(before, secret.hex(), _line(reason, REASON), at)


def day(at: datetime) -> date:
    """The day in China."""
    if at.tzinfo is None:
        raise ValueError("a moment without its time zone")
    return at.astimezone(CHINA).date()


def _check_strata(strata: tuple[Stratum, ...]) -> None:
    for stratum in strata:
        _line(stratum.key, KEY)
        numbers = (stratum.number, stratum.substitutes, stratum.multiple)
        # What was read from a file may hold 1.0 or true.
        if any(type(number) is not int for number in numbers) or min(numbers) < 0 or 0 in numbers[::2]:
            raise errors.UnfitNumber(stratum=stratum.key)
    _once([stratum.key for stratum in strata])
    if not strata:
        raise ValueError("a draw from no stratum")


def _check_candidates(frozen: Prepared) -> None:
    known = {stratum.key for stratum in frozen.strata}
    for one in frozen.candidates:
        _line(one.key, KEY)
        if one.name != "":
            _line(one.name, NAME)
        for reason in one.kept_out:
            _line(reason, REASON)
        if one.stratum not in known:
            raise errors.StratumUnknown(key=one.key, stratum=one.stratum)
    _once([one.key for one in frozen.candidates])


def _once(keys: list[str]) -> None:
    """Refuse a key that follows itself in a sorted list."""
    for one, following in pairwise(keys):
        if one == following:
            raise errors.ListedTwice(key=one)


def _line(text: str, what: Phrase) -> str:
    shown = text.encode("utf-8", "backslashreplace").decode()
    if shown != text or text != text.strip() or len(text.splitlines()) != 1:
        raise errors.UnfitText(what=what, text=shown)
    return text


def _spelled(purpose: str) -> str:
    return "".join(unicodedata.normalize("NFKC", purpose).split()).casefold()


def _open(committed: Committed, secret: bytes) -> None:
    if not hmac.compare_digest(commitment_of(committed, secret), committed.commitment):
        raise errors.WrongSecret(commitment=committed.commitment)


def _last(state: Committed | Drawn) -> datetime:
    return state.replies[-1].at if isinstance(state, Drawn) and state.replies else state.at


def _follow(before: datetime, at: datetime) -> None:
    if at < before:
        raise errors.OutOfOrder(at=written(at), before=written(before))
