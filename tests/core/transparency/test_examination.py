"""Every change to a log is found and named; a log that only grew gives nothing to say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.errors import LuoshiError, Phrase
from luoshi.core.transparency import problems
from luoshi.core.transparency.checkpoint import Checkpoint, NoCheckpoint, new_checkpoint
from luoshi.core.transparency.examination import SEARCHED, Examination, Held, Row
from luoshi.core.transparency.tree import Frontier, Node, leaf_hash

START = datetime(2026, 3, 2, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def content(event: int, words: str = "") -> bytes:
    """The hash of an event with a key."""
    return leaf_hash(f"{event} {words or event}".encode())


@dataclass
class Log:
    """A log that was sealed at some sizes, an event a minute."""

    rows: list[Row]
    sizes: list[int]
    nodes: list[Node] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    words: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        tree = Frontier()
        for size in sorted(self.sizes):
            while tree.size < size:
                self.nodes += tree.add(self.rows[tree.size].kept)
            number = len(self.held) + 1
            made = new_checkpoint(
                origin="log", size=size, root=tree.root(), number=number, at=START + size * MINUTE
            )
            self.held.append(Held(size, made, Phrase(f"第{number}号", f"number {number}")))

    def problems(self) -> list[LuoshiError]:
        """What an examination finds."""
        return list(self.examination().run(self.rows))

    def examination(self) -> Examination:
        """An examination of the log."""
        return Examination(self.held, self.stored, self.restamped)

    def restamped(self, event: int, other: int) -> bytes:
        """The hash of what an event says now, under the key of another."""
        return content(other, self.words.get(event, str(event)))

    def stored(self, level: int) -> Iterator[Node]:
        """The stored nodes of a level."""
        return (node for node in self.nodes if node.level == level)


def log_of(count: int, *sizes: int) -> Log:
    """A log of `count` events; the keys of its events do not begin with 0."""
    rows = [Row(n, n + 10, content(n + 10), content(n + 10), START + n * MINUTE) for n in range(count)]
    return Log(rows, [*sizes, count])


def found(log: Log, kind: type[LuoshiError]) -> LuoshiError:
    """The only problem of the log, which is of this kind."""
    (problem,) = log.problems()
    assert type(problem) is kind, problem
    return problem


@given(st.integers(0, 700), st.lists(st.integers(0, 700), max_size=6))
def test_a_whole_log_gives_nothing_to_say(count: int, sizes: list[int]) -> None:
    log = log_of(count, *(size for size in sizes if size <= count))
    examination = log.examination()
    assert list(examination.run(log.rows)) == []
    assert (examination.entries, examination.checkpoints) == (count, len(log.held))


def test_an_altered_row_is_named_with_the_first_checkpoint_that_holds_it() -> None:
    log = log_of(20, 5, 10)
    log.rows[7] = replace(log.rows[7], found=content(17, "other"))
    details = found(log, problems.EventAltered).details
    assert (details["event"], details["number"], str(details["proof"])) == (17, 7, "第2号")


def test_a_removed_row_is_named() -> None:
    log = log_of(20, 5, 10)
    log.rows[12] = replace(log.rows[12], found=None, at=None)
    details = found(log, problems.EventRemoved).details
    assert (details["event"], details["number"], str(details["proof"])) == (22, 12, "第3号")


def test_rows_that_changed_places_are_named() -> None:
    log = log_of(20)
    exchange(log, 3, 18)
    details = found(log, problems.EventsReordered).details
    assert (details["event"], details["other"]) == (13, 28)


def test_rows_that_changed_places_across_a_checkpoint() -> None:
    log = log_of(20, 5)
    exchange(log, 3, 18)
    # The first is settled before the other is seen.
    altered, reordered = log.problems()
    assert (type(altered), type(reordered)) == (problems.EventAltered, problems.EventsReordered)
    assert (reordered.details["event"], reordered.details["other"]) == (13, 28)


def exchange(log: Log, one: int, two: int) -> None:
    """Let the contents of two rows change places."""
    for here, there in ((log.rows[one], log.rows[two]), (log.rows[two], log.rows[one])):
        log.words[here.event] = str(there.event)
        log.rows[here.number] = replace(here, found=content(here.event, str(there.event)))


def test_places_that_were_removed_with_their_rows() -> None:
    log = log_of(20, 5)
    del log.rows[6:9]
    details = found(log, problems.EntriesMissing).details
    assert (details["first"], details["last"], str(details["proof"])) == (6, 8, "第2号")


def test_a_hash_that_was_altered_beside_a_sound_row() -> None:
    log = log_of(20, 10)
    log.rows[7] = replace(log.rows[7], kept=content(0))
    assert found(log, problems.LeafAltered).details["number"] == 7


def test_row_and_hash_altered_together_leave_the_range() -> None:
    log = log_of(20, 5, 10)
    log.rows[7] = replace(log.rows[7], kept=content(0), found=content(0))
    details = found(log, problems.RangeAltered).details
    assert (details["first"], details["last"], str(details["proof"])) == (5, 9, "第2号")


def test_places_that_were_exchanged_with_their_rows() -> None:
    log = log_of(40, 5, 30)
    a, b = log.rows[9], log.rows[21]
    log.rows[9], log.rows[21] = replace(b, number=9), replace(a, number=21)
    details = found(log, problems.EventsReordered).details
    assert {details["event"], details["other"]} == {19, 31}


def test_a_row_that_was_put_between_with_all_places_moved() -> None:
    log = log_of(40, 5, 30)
    foreign = Row(9, 99, content(99), content(99), START + 9 * MINUTE)
    log.rows = [*log.rows[:9], foreign, *(replace(row, number=row.number + 1) for row in log.rows[9:])]
    details = found(log, problems.EventInserted).details
    assert (details["event"], str(details["proof"])) == (99, "第2号")


def test_a_row_that_was_taken_out_with_all_places_moved() -> None:
    log = log_of(40, 5, 30)
    log.rows = [*log.rows[:9], *(replace(row, number=row.number - 1) for row in log.rows[10:])]
    kinds = {type(problem) for problem in log.problems()}
    assert kinds == {problems.RangeAltered}


def test_an_end_that_was_cut_off() -> None:
    log = log_of(20, 5, 10)
    del log.rows[13:]
    details = found(log, problems.LogTruncated).details
    assert (details["size"], details["have"]) == (20, 13)


def test_an_event_that_is_dated_before_a_checkpoint_without_it() -> None:
    log = log_of(200, 100)
    early = replace(log.rows[150], at=START + 10 * MINUTE)
    log.rows[150] = early
    assert found(log, problems.EventBackdated).details["event"] == 160


def test_the_length_of_an_operation_is_no_back_dating() -> None:
    log = log_of(200, 100)
    log.rows[100] = replace(log.rows[100], at=START + 50 * MINUTE)
    assert log.problems() == []


def test_checkpoints_that_were_removed_at_the_end() -> None:
    log = log_of(20, 5)
    log.held.pop()
    details = found(log, problems.Uncovered).details
    assert (details["first"], details["last"]) == (5, 19)


def test_a_checkpoint_of_another_content() -> None:
    log = log_of(20, 5, 10)
    forged = log.held[1].checkpoint
    assert isinstance(forged, Checkpoint)
    log.held[1] = replace(log.held[1], checkpoint=replace(forged, root=content(0)))
    assert str(found(log, problems.Forked).details["proof"]) == "第2号"


def test_a_checkpoint_that_is_none_is_told_and_passed_over() -> None:
    log = log_of(20, 5, 10)
    log.held[1] = replace(log.held[1], checkpoint=None, fault=NoCheckpoint(where="here"))
    found(log, NoCheckpoint)


def test_a_node_that_was_altered_or_removed() -> None:
    log = log_of(600, 300)
    log.nodes[1] = replace(log.nodes[1], hash=content(0))
    details = found(log, problems.NodeAltered).details
    assert (details["level"], details["place"], str(details["proof"])) == (1, 1, "第2号")
    log.nodes.pop()
    found(log, problems.NodeAltered)


Tampering = Callable[[list[Row], int], list[Row]]


def renumbered(rows: list[Row]) -> list[Row]:
    """The rows with places without gaps, as a careful forger leaves them."""
    return [replace(row, number=number) for number, row in enumerate(rows)]


def forge(row: Row) -> Row:
    """A row with another content, whose hash fits."""
    return replace(row, kept=content(0), found=content(0))


TAMPERINGS: dict[str, Tampering] = {
    "altered": lambda rows, n: [*rows[:n], replace(rows[n], found=content(0)), *rows[n + 1 :]],
    "removed": lambda rows, n: [*rows[:n], replace(rows[n], found=None, at=None), *rows[n + 1 :]],
    "cut out": lambda rows, n: rows[:n] + rows[n + 1 :],
    "cut out, renumbered": lambda rows, n: renumbered(rows[:n] + rows[n + 1 :]),
    "forged": lambda rows, n: [*rows[:n], forge(rows[n]), *rows[n + 1 :]],
    "inserted": lambda rows, n: renumbered([*rows[:n], forge(rows[n]), *rows[n:]]),
    "turned round": lambda rows, n: renumbered([*rows[:n], *reversed(rows[n:])]),
    "cut off": lambda rows, n: rows[:n],
}


@pytest.mark.parametrize("kind", TAMPERINGS)
@given(data=st.data())
def test_no_tampering_escapes(kind: str, data: st.DataObject) -> None:
    count = data.draw(st.integers(2, 3 * SEARCHED))
    sizes = data.draw(st.lists(st.integers(0, count), max_size=5))
    log = log_of(count, *sizes)
    # The last row alone cannot be turned round.
    log.rows = TAMPERINGS[kind](log.rows, data.draw(st.integers(0, count - 2)))
    said = log.problems()
    assert said
    for problem in said:
        assert problem.message("zh")
        assert problem.message("en")


def test_very_many_problems_do_not_pile_up() -> None:
    log = log_of(5000)
    log.rows = [replace(row, found=content(0)) for row in log.rows]
    examination = log.examination()
    most, count = 0, 0
    for _ in examination.run(log.rows):
        most, count = max(most, len(examination._odd)), count + 1
    assert count == 5000
    assert most < 1100
