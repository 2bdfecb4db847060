"""Membership over time, against an independent slow calculation."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.roster import ALWAYS, Entry, Period, Roster, Rule, Tie, group_behind, means_others

START = date(2024, 1, 1)
DAYS = [START + timedelta(days=number) for number in range(12)]
KINDS = ("town", "street", "organ")
BODIES = range(1, 8)
GROUPS = range(10, 14)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(st.none() | st.sampled_from(DAYS))
    end = draw(st.none() | st.sampled_from([day for day in DAYS if start is None or day >= start]))
    return Period(start, end)


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    entries = {
        key: Entry(
            key,
            draw(st.sampled_from(KINDS)),
            "government",
            draw(st.sampled_from([None, 3, 4])),
            draw(periods()),
        )
        for key in BODIES
    }
    entries |= {key: Entry(key, "group", "other", None) for key in GROUPS}
    ties = []
    for group in GROUPS:
        # Groups take in only groups with a greater key: no circles.
        inside = [*BODIES, *(other for other in GROUPS if other > group)]
        for member in draw(st.lists(st.sampled_from(inside), max_size=5)):
            ties.append(Tie(group, member, draw(periods()), draw(st.booleans())))
    rules = draw(
        st.lists(
            st.builds(
                Rule,
                group=st.sampled_from(list(GROUPS)),
                kind=st.sampled_from(["", *KINDS]),
                level=st.sampled_from([None, 3, 4]),
            ),
            max_size=3,
        )
    )
    return Roster(entries, frozenset(GROUPS), tuple(ties), tuple(rules))


def slow(roster: Roster, group: int, body: int, day: date) -> bool:
    """Whether one body is in a group on a day, asked straight from the definition."""
    entry = roster.entries[body]
    if not ((entry.active.start or date.min) <= day <= (entry.active.end or date.max)):
        return False

    def brings(tie: Tie) -> bool:
        if not ((tie.period.start or date.min) <= day <= (tie.period.end or date.max)):
            return False
        return tie.member == body or (tie.member in roster.groups and slow(roster, tie.member, body, day))

    ties = [tie for tie in roster.ties if tie.group == group]
    ruled = any(
        rule.group == group
        and rule.kind in ("", entry.kind)
        and (rule.level is None or rule.level == entry.level)
        for rule in roster.rules
    )
    named = any(brings(tie) for tie in ties if not tie.excluded)
    return (ruled or named) and not any(brings(tie) for tie in ties if tie.excluded)


@given(rosters(), st.sampled_from(list(GROUPS)), st.sampled_from(DAYS))
def test_members_are_those_of_the_definition(roster: Roster, group: int, day: date) -> None:
    expected = tuple(body for body in BODIES if slow(roster, group, body, day))
    assert roster.members(group, day) == expected
    # A second question is answered from memory, and alike.
    assert roster.members(group, day) == expected


@given(
    rosters(),
    st.sampled_from(list(GROUPS)),
    st.sampled_from(DAYS),
    st.sets(st.sampled_from([*BODIES, *GROUPS])),
)
def test_others_are_members_minus_named(roster: Roster, group: int, day: date, named: set[int]) -> None:
    everybody = set(roster.members(group, day))
    gone = {
        body for name in named - {group} for body in (roster.members(name, day) if name in GROUPS else [name])
    }
    assert set(roster.members(group, day, named)) == everybody - gone


@given(rosters(), st.sampled_from(list(GROUPS)), st.sampled_from(DAYS[:-1]))
def test_members_change_only_where_a_period_begins_or_ends(roster: Roster, group: int, day: date) -> None:
    following = day + timedelta(days=1)
    spans = [tie.period for tie in roster.ties] + [entry.active for entry in roster.entries.values()]
    if not any(span.start == following or span.end == day for span in spans):
        assert roster.members(group, day) == roster.members(group, following)


@given(periods(), periods())
def test_meeting_periods_share_a_day(one: Period, other: Period) -> None:
    wide = [START - timedelta(days=1), *DAYS, DAYS[-1] + timedelta(days=1)]
    assert one.meets(other) == any(day in one and day in other for day in wide)


def test_circles_end() -> None:
    entries = {
        1: Entry(1, "town", "other", None),
        10: Entry(10, "group", "", None),
        11: Entry(11, "group", "", None),
    }
    roster = Roster(entries, frozenset({10, 11}), (Tie(10, 11), Tie(11, 10), Tie(11, 1)))
    assert roster.members(10, START) == (1,)
    assert roster.reaches(10, 10)
    assert not roster.reaches(10, 2)


def test_a_leading_group_is_a_member_as_itself() -> None:
    entries = {
        1: Entry(1, "organ", "", 3),
        5: Entry(5, "leading-group", "", 3),
        10: Entry(10, "group", "", None),
    }
    roster = Roster(entries, frozenset({10}), (Tie(5, 1), Tie(10, 5)))
    assert roster.members(5, START) == (1,)
    assert roster.members(10, START) == (5,)
    assert roster.has_members(5)
    assert not roster.has_members(1)


def test_an_empty_rule_takes_everybody_but_groups() -> None:
    entries = {
        1: Entry(1, "organ", "", 3),
        2: Entry(2, "town", "", None, ALWAYS),
        10: Entry(10, "group", "", None),
    }
    assert Roster(entries, frozenset({10}), (), (Rule(10),)).members(10, START) == (1, 2)


def test_wording_of_collectives() -> None:
    assert means_others("区社会信用体系建设联席会议其他各成员单位")
    assert not means_others("平安云溪建设领导小组各成员单位")
    assert group_behind("区社会信用体系建设联席会议其他各成员单位") == "区社会信用体系建设联席会议"
    assert group_behind("守法普法协调小组成员单位") == "守法普法协调小组"
    assert group_behind("各镇") == ""
