"""Who belongs to a group on a day.

A group (各镇, 区直各部门, the members of a leading group) names its members one by one with dates, takes in
whole groups, or follows rules (every body of a kind, line and level). A member may be left out of what a rule
or another group brings in. All that is data; this module says what it amounts to.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

# What a plan puts before members when those already named are meant to be left out.
# Samples: 信用体系建设领导小组其他各成员单位, 其余各部门
_OTHERS = re.compile("其他|其它|其余")
# How a plan calls the members of a leading group or joint conference.
# Samples: 平安云溪建设领导小组各成员单位, 联席会议其他有关成员单位
_MEMBERS_OF = re.compile(r"(?:其他|其它|其余)?(?:各|有关|相关|各有关|各相关)?成员(?:单位|部门)$")


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both included; None where there is no bound."""

    start: date | None = None
    end: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def meets(self, other: Period) -> bool:
        """Whether the two share a day.

        Example:
            >>> Period(end=date(2023, 1, 31)).meets(Period(date(2023, 1, 31)))
            True
        """
        return not (
            (self.end is not None and other.start is not None and self.end < other.start)
            or (other.end is not None and self.start is not None and other.end < self.start)
        )


ALWAYS = Period()


@dataclass(frozen=True, slots=True)
class Entry:
    """A body of the registry as far as groups care. `level` is None when it was not said."""

    key: int
    kind: str
    line: str
    level: int | None
    active: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class Rule:
    """Takes in every body that fits all that is set: `kind`, `line` (empty: any), `level` (None: any)."""

    group: int
    kind: str = ""
    line: str = ""
    level: int | None = None

    def takes(self, entry: Entry) -> bool:
        """Whether the rule takes the body in, whatever the day."""
        return (
            (not self.kind or self.kind == entry.kind)
            and (not self.line or self.line == entry.line)
            and (self.level is None or self.level == entry.level)
        )


@dataclass(frozen=True, slots=True)
class Tie:
    """A member of a group for a time; `excluded` leaves it out for that time instead."""

    group: int
    member: int
    period: Period = ALWAYS
    excluded: bool = False


@dataclass(frozen=True)
class Roster:
    """All groups of a region with everything that decides who is in them.

    Attributes:
        entries: every body, by key.
        groups: keys of the bodies that stand for their members.
        ties: members named one by one.
        rules: members taken in by what they are.
    """

    entries: Mapping[int, Entry]
    groups: frozenset[int]
    ties: tuple[Tie, ...] = ()
    rules: tuple[Rule, ...] = ()
    _ties: dict[int, list[Tie]] = field(init=False, repr=False, compare=False)
    _rules: dict[int, list[Rule]] = field(init=False, repr=False, compare=False)
    _found: dict[tuple[int, date], frozenset[int]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ties: dict[int, list[Tie]] = defaultdict(list)
        rules: dict[int, list[Rule]] = defaultdict(list)
        for tie in self.ties:
            ties[tie.group].append(tie)
        for rule in self.rules:
            rules[rule.group].append(rule)
        for name, value in (("_ties", ties), ("_rules", rules), ("_found", {})):
            object.__setattr__(self, name, value)

    def members(self, group: int, at: date, named: Collection[int] = ()) -> tuple[int, ...]:
        """The bodies that `group` stands for on the day `at`, by key, groups within it taken apart.

        Args:
            group: a group or any body with members of its own, such as a leading group.
            at: only bodies that exist on this day, by ties that hold on it.
            named: bodies to leave out, for “其他各成员单位”; a group among them leaves its members out.
        """
        left_out = set(named)
        for key in named:
            if key in self.groups and key != group:
                left_out |= self._members(key, at)
        return tuple(sorted(self._members(group, at) - left_out))

    def has_members(self, body: int) -> bool:
        """Whether anybody was ever put into it, by name or by rule."""
        return bool(self._ties.get(body) or self._rules.get(body))

    def reaches(self, group: int, member: int) -> bool:
        """Whether `member` stands inside `group`, directly or through groups, on any day."""
        seen, waiting = {group}, [group]
        while waiting:
            for tie in self._ties.get(waiting.pop(), ()):
                if tie.member == member:
                    return True
                if tie.member in self.groups and tie.member not in seen:
                    seen.add(tie.member)
                    waiting.append(tie.member)
        return False

    def _members(self, group: int, at: date) -> frozenset[int]:
        known = self._found.get((group, at))
        if known is None:
            known = self._found[group, at] = frozenset(self._walk(group, at, frozenset()))
        return known

    def _walk(self, group: int, at: date, above: frozenset[int]) -> set[int]:
        if group in above:
            return set()
        above |= {group}
        ties = [tie for tie in self._ties.get(group, ()) if at in tie.period]
        found = self._taken(self._rules.get(group, ()), at)
        for tie in ties:
            if not tie.excluded:
                found |= self._alone(tie.member, at, above)
        for tie in ties:
            if tie.excluded:
                found -= self._alone(tie.member, at, above)
        return found - {group}

    def _alone(self, member: int, at: date, above: frozenset[int]) -> set[int]:
        """What one tie brings: the body itself, or what a group stands for."""
        if member in self.groups:
            return self._walk(member, at, above)
        return {member} if at in self.entries[member].active else set()

    def _taken(self, rules: Iterable[Rule], at: date) -> set[int]:
        rules = tuple(rules)
        if not rules:
            return set()
        return {
            entry.key
            for entry in self.entries.values()
            if entry.key not in self.groups and at in entry.active and any(r.takes(entry) for r in rules)
        }


def means_others(name: str) -> bool:
    """Whether a collective leaves out the bodies that the same task has already named.

    Example:
        >>> means_others("信用体系建设联席会议其他各成员单位"), means_others("区直各部门")
        (True, False)
    """
    return _OTHERS.search(name) is not None


def group_behind(name: str) -> str:
    """The leading group or joint conference whose members a collective means; empty when it means none.

    Example:
        >>> group_behind("平安云溪建设领导小组各成员单位"), group_behind("区直各部门")
        ('平安云溪建设领导小组', '')
    """
    found = _MEMBERS_OF.search(name)
    return name[: found.start()] if found else ""
