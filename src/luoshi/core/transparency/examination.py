"""Holding a log against its checkpoints, row by row, with memory that does not grow with the log."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain, combinations

from luoshi.core.errors import LuoshiError, Phrase
from luoshi.core.transparency import problems
from luoshi.core.transparency.canonical import written
from luoshi.core.transparency.checkpoint import Checkpoint
from luoshi.core.transparency.tree import Frontier, Node

# An event carries the time at which its operation began; no operation lasts longer than this.
LATENESS = timedelta(hours=1)
# Ranges up to this size are searched for the one change that explains them.
SEARCHED = 64
# So many rows with problems are kept at most until a checkpoint decides about them.
WAITING = 1000
NOTHING = Phrase("(没有检查点)", "no checkpoint")


@dataclass(frozen=True, slots=True)
class Row:
    """An entry of the log, as its place in the tree and its event are now.

    Attributes:
        number: its place, counted from 0.
        event: key of the event.
        kept: hash of the leaf, as it was sealed.
        found: hash of the event as it is now; None when it is gone.
        at: when it says it was done.
    """

    number: int
    event: int
    kept: bytes
    found: bytes | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Held:
    """A checkpoint to hold the log against.

    Attributes:
        size: where it belongs in the log.
        checkpoint: None when it is good for nothing, for `fault`.
        where: what people call it.
    """

    size: int
    checkpoint: Checkpoint | None
    where: Phrase
    fault: LuoshiError | None = None


# The hash that an event would have under the key of another one; None when there is no such event.
Restamped = Callable[[int, int], bytes | None]
# Stored nodes of a level, from the left.
Nodes = Callable[[int], Iterator[Node]]


@dataclass(slots=True)
class Examination:
    """One pass over a log. Two trees grow side by side: of the hashes that were kept, and of the rows.

    Attributes:
        entries: how many rows have been seen.
        checkpoints: how many checkpoints the log agrees with.
    """

    held: Iterable[Held]
    nodes: Nodes
    restamped: Restamped
    entries: int = 0
    checkpoints: int = 0
    _kept: Frontier = field(default_factory=Frontier)
    _found: Frontier = field(default_factory=Frontier)
    # The number that the next row has to have; once rows are missing, no root can be made any more.
    _next: int = 0
    _broken: bool = False
    # Since the last checkpoint that agreed: places without rows, rows and nodes that differ, the first rows,
    # checkpoints that do not fit; and the tree at that checkpoint.
    _gaps: list[tuple[int, int]] = field(default_factory=list)
    _odd: list[Row] = field(default_factory=list)
    _wrong: list[Node] = field(default_factory=list)
    _first: list[Row] = field(default_factory=list)
    _failed: list[Held] = field(default_factory=list)
    _base: Frontier = field(default_factory=Frontier)
    # The first rows that differ, to compare later ones with.
    _told: list[Row] = field(default_factory=list)
    # The newest checkpoint that agreed, and before when a later event cannot have been done.
    _latest: Phrase = NOTHING
    _earliest: datetime | None = None
    _agreed: Checkpoint | None = None
    _streams: dict[int, Iterator[Node]] = field(default_factory=dict)

    def run(self, rows: Iterable[Row]) -> Iterator[LuoshiError]:
        """Every problem of the log.

        Args:
            rows: by number.
        """
        held = iter(self.held)
        following = next(held, None)
        for row in rows:
            while following is not None and following.size <= row.number:
                yield from self._hold_against(following)
                following = next(held, None)
            yield from self._take(row)
            if len(self._odd) > WAITING:
                yield from self._tell(following.where if following else self._latest)
        while following is not None and following.size <= self._next:
            yield from self._hold_against(following)
            following = next(held, None)
        yield from self._end(following, held)

    def _take(self, row: Row) -> Iterator[LuoshiError]:
        if row.number > self._next:
            self._gaps.append((self._next, row.number - 1))
            self._broken = True
        self._next = row.number + 1
        self.entries += 1
        if row.found != row.kept:
            self._odd.append(row)
        if row.at is not None and self._earliest is not None and row.at < self._earliest:
            yield problems.EventBackdated(event=row.event, at=written(row.at), proof=self._latest)
        if self._broken:
            return
        if len(self._first) <= SEARCHED:
            self._first.append(row)
        for node in self._kept.add(row.kept):
            if node.level not in self._streams:
                self._streams[node.level] = self.nodes(node.level)
            if next(self._streams[node.level], None) != node:
                self._wrong.append(node)
        self._found.add(row.kept if row.found is None else row.found)

    def _hold_against(self, held: Held) -> Iterator[LuoshiError]:
        if held.checkpoint is None:
            if held.fault is not None:
                yield held.fault
            return
        root = held.checkpoint.root
        if self._broken:
            yield from self._tell(held.where)
        elif self._kept.root() == root:
            for failed in self._failed:
                yield problems.Forked(proof=failed.where)
            yield from self._tell(held.where)
            self._agree(held.checkpoint, held.where)
        elif self._found.root() == root:
            for row in self._odd:
                gone = row.found is None
                kind = problems.EventRemoved if gone else problems.LeafAltered
                yield kind(event=row.event, number=row.number, proof=held.where)
            # From here on the rows are what is right.
            self._kept = self._found.copy()
            self._agree(held.checkpoint, held.where)
        elif len(self._failed) < WAITING:
            self._failed.append(held)

    def _agree(self, checkpoint: Checkpoint, where: Phrase) -> None:
        # The same one may be kept here and held outside.
        self.checkpoints += checkpoint != self._agreed
        self._agreed = checkpoint
        self._odd, self._wrong, self._first, self._failed = [], [], [], []
        self._found, self._base = self._kept.copy(), self._kept.copy()
        earliest = checkpoint.at - LATENESS
        if self._earliest is None or earliest >= self._earliest:
            self._latest, self._earliest = where, earliest

    def _tell(self, proof: Phrase) -> Iterator[LuoshiError]:
        """What is missing or differs, now that it is known which checkpoint decides."""
        for first, last in self._gaps:
            yield problems.EntriesMissing(first=first, last=last, proof=proof)
        swapped = set()
        known = [*self._told, *self._odd][:SEARCHED]
        for one, two in combinations(known, 2):
            if two not in self._told and self.restamped(one.event, two.event) == two.kept:
                swapped |= {one.event, two.event}
                yield _reordered(one, two, proof)
        for row in self._odd:
            if row.event in swapped:
                continue
            if row.found is None or row.at is None:
                yield problems.EventRemoved(event=row.event, number=row.number, proof=proof)
            else:
                at = written(row.at)
                yield problems.EventAltered(event=row.event, number=row.number, at=at, proof=proof)
        for node in self._wrong:
            yield problems.NodeAltered(level=node.level, place=node.place, proof=proof)
        self._told = known
        self._gaps, self._odd, self._wrong = [], [], []

    def _end(self, following: Held | None, held: Iterator[Held]) -> Iterator[LuoshiError]:
        """The rows behind the last checkpoint that fits, and the checkpoints behind the last row."""
        last = None
        for more in chain([following] if following else [], held):
            if more.checkpoint is not None:
                last = more
            elif more.fault is not None:
                yield more.fault
        if self._failed:
            yield from self._explain(self._failed[0])
        elif last is not None:
            yield problems.LogTruncated(proof=last.where, size=last.size, have=self._next)
        elif self._next > self._base.size and not self._broken:
            yield problems.Uncovered(first=self._base.size, last=self._next - 1)
        yield from self._tell(last.where if last else self._latest)

    def _explain(self, failed: Held) -> Iterator[LuoshiError]:
        """Rows and tree were changed together; look for the one change that explains the checkpoint."""
        start, size = self._base.size, failed.size
        rows = self._first[: size - start]
        root = failed.checkpoint.root if failed.checkpoint else b""
        if len(rows) == size - start:
            for one, two in combinations(range(len(rows)), 2):
                order = [row.kept for row in rows]
                order[one], order[two] = order[two], order[one]
                if self._grown(order) == root:
                    yield _reordered(rows[one], rows[two], failed.where)
                    return
            for place, row in enumerate(rows):
                rest = [other.kept for other in self._first[: len(rows) + 1]]
                del rest[place]
                if len(rest) == len(rows) and self._grown(rest) == root and row.at is not None:
                    yield problems.EventInserted(event=row.event, at=written(row.at), proof=failed.where)
                    return
        yield problems.RangeAltered(first=start, last=size - 1, proof=failed.where)

    def _grown(self, leaves: list[bytes]) -> bytes:
        tree = self._base.copy()
        for leaf in leaves:
            tree.add(leaf)
        return tree.root()


def _reordered(one: Row, two: Row, proof: Phrase) -> LuoshiError:
    return problems.EventsReordered(
        event=one.event, number=one.number, other=two.event, place=two.number, proof=proof
    )
