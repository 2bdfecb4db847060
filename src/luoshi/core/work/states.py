"""State machines as frozen tables, and the one function that takes a step.

A table says who may take a step, from where, what it asks for, and what it gives back; the tables are in
`luoshi.core.work.machines`. They are small enough that a library would only add a second notation: the table
is what the pages, the permissions and the tests read.

Completion is not approval: a step that approves pins the version that was approved, and the person who
approves must have seen the latest one. A return takes approvals back: what counted before counts again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from luoshi.core.errors import LuoshiError, Phrase

Role = Literal["liaison", "head", "lead", "co-lead", "office", "system"]
"""Who takes a step, as seen from the thing that changes: `liaison` and `head` of the body concerned, `lead`
for the body that draws a joint report, `co-lead` for the other leads, `office`, and the rules themselves."""

ROLES: dict[Role, Phrase] = {
    "liaison": Phrase("联络员", "liaison"),
    "head": Phrase("单位负责人", "head"),
    "lead": Phrase("起草的牵头单位", "drawing lead"),
    "co-lead": Phrase("其他牵头单位", "other lead"),
    "office": Phrase("统筹办公室", "office"),
    "system": Phrase("系统", "system"),
}

Need = Literal[
    "reason",
    "receiver",
    "basis",
    "notice",
    "acceptance",
    "ending",
    "head-approval",
    "second-person",
    "nobody-endorses",
    "all-cosigned",
    "no-objection",
    "sole-lead",
    "dissent",
    "silence",
]

NEEDS: dict[Need, Phrase] = {
    "reason": Phrase("写明理由", "a reason"),
    "receiver": Phrase("选定接收单位", "the body that takes over"),
    "basis": Phrase("写明依据", "the basis"),
    "notice": Phrase("留足最短通知时间", "the minimum notice"),
    "acceptance": Phrase("报送已被采纳", "an accepted report"),
    "ending": Phrase("任务本身有终点(长期任务不办结)", "a duty that ends (standing duties do not close)"),
    "head-approval": Phrase("本单位负责人审核同意", "the approval of the body's head"),
    "second-person": Phrase("由另一人办理", "a second person"),
    "nobody-endorses": Phrase(
        "先由本单位负责人或其他牵头单位同意", "the head of the body, or another lead, to endorse it first"
    ),
    "all-cosigned": Phrase("其他牵头单位全部会签", "the signature of every other lead"),
    "no-objection": Phrase("没有未撤回的异议", "that no objection stands"),
    "sole-lead": Phrase("只有一个牵头单位", "that there is one lead only"),
    "dissent": Phrase("附上异议原文", "the objections, quoted"),
    "silence": Phrase("会签期限已过并注明未答复单位", "the time for signing to be over, the silent named"),
}


class StepNotFromHere(LuoshiError):
    """A step that the present state does not know."""

    code = "work-step-not-from-here"
    zh = "{thing}当前为“{state}”,不能{step};请刷新页面查看最新状态。"
    en = "{thing} is “{state}”, which does not allow “{step}”; reload the page to see how it stands."


class StepNotForRole(LuoshiError):
    """A step that somebody else has to take."""

    code = "work-step-not-for-role"
    zh = "{thing}的“{step}”由{roles}办理;请转交其办理。"
    en = "“{step}” of {thing} is for: {roles}; ask them to take it."


class StepNeedsMore(LuoshiError):
    """A step whose conditions are not met."""

    code = "work-step-needs-more"
    zh = "{thing}的“{step}”还需要:{needs};请补充后再办理。"
    en = "“{step}” of {thing} still needs: {needs}; add it and try again."


class VersionMovedOn(LuoshiError):
    """An approval of a text that is no longer the latest."""

    code = "work-version-moved-on"
    zh = "{thing}在您查看后已被修改(您看到第{seen}版,最新为第{latest}版);请看过最新一版再{step}。"
    en = (
        "{thing} changed after you opened it (you saw version {seen}, the latest is {latest});"
        " read it again before “{step}”."
    )


@dataclass(frozen=True, slots=True)
class State:
    """A state: its key, its words, whether the text may be edited in it, and whether it is an end."""

    key: str
    words: Phrase
    editable: bool = False
    final: bool = False


@dataclass(frozen=True, slots=True)
class Transition:
    """A step from one state to another.

    Attributes:
        name: of the step; several rows may share it when they start from different states.
        sources: states it starts from.
        target: the state it leads to; None goes back to the state that was kept.
        roles: who may take it.
        words: for buttons and messages.
        requires: what has to be given.
        keeps: whether the state it leaves is kept for a later step back.
        opens: whether a round of approval begins: the version that counts now is remembered.
        version: `seen` when whoever takes it must have seen the latest version, `pin` when that also becomes
            the version that counts.
        restores: whether approvals since the round began are void and the version from before counts again.
    """

    name: str
    sources: tuple[str, ...]
    target: str | None
    roles: tuple[Role, ...]
    words: Phrase
    requires: tuple[Need, ...] = ()
    keeps: bool = False
    opens: bool = False
    version: Literal["", "seen", "pin"] = ""
    restores: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How one thing stands.

    Attributes:
        state: of its machine.
        kept: the state that a step back leads to.
        pinned: number of the version that was approved and counts, or None.
        before: number of the version that counted before the present round, or None.
    """

    state: str
    kept: str | None = None
    pinned: int | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Machine:
    """A table of states and steps; the first state is where everything begins.

    Raises:
        ValueError: the table names a state or need that it does not define, or offers one step twice.
    """

    name: str
    words: Phrase
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]

    def __post_init__(self) -> None:
        known = {state.key for state in self.states}
        offered: set[tuple[str, str, Role]] = set()
        for row in self.transitions:
            named = {*row.sources, *((row.target,) if row.target is not None else ())}
            if not named <= known or not set(row.requires) <= set(NEEDS):
                raise ValueError(f"{self.name}: “{row.name}” names what is not defined")
            for offer in ((row.name, source, role) for source in row.sources for role in row.roles):
                if offer in offered:
                    raise ValueError(f"{self.name}: “{row.name}” is offered twice from {offer[1]}")
                offered.add(offer)

    @property
    def start(self) -> Standing:
        """How a new thing stands."""
        return Standing(self.states[0].key)

    def state(self, key: str) -> State:
        """The state with this key.

        Raises:
            KeyError: the machine has no such state.
        """
        return {state.key: state for state in self.states}[key]


def possible(machine: Machine, standing: Standing, role: Role) -> tuple[Transition, ...]:
    """The steps that a role may take from here, in the order of the table; their needs are not checked."""
    return tuple(row for row in machine.transitions if standing.state in row.sources and role in row.roles)


def step(
    machine: Machine,
    standing: Standing,
    name: str,
    *,
    role: Role,
    given: Mapping[str, object] | None = None,
    seen: int | None = None,
    latest: int | None = None,
) -> Standing:
    """How a thing stands after a step.

    Args:
        machine: its table.
        standing: how it stands now.
        name: of the step.
        role: who takes it.
        given: what the step may require, by the key of the need; blank words and False give nothing.
        seen: number of the version that the person looked at, where the step is about a version.
        latest: number of the latest version.

    Raises:
        StepNotFromHere: the state does not know the step.
        StepNotForRole: another role has to take it.
        StepNeedsMore: something required is not given.
        VersionMovedOn: the person has not seen the latest version.

    Example:
        >>> from luoshi.core.work.machines import REPORT
        >>> sent = step(REPORT, REPORT.start, "submit", role="liaison")
        >>> step(REPORT, sent, "approve", role="head", seen=2, latest=2)
        Standing(state='approved', kept=None, pinned=2, before=None)
    """
    row = _row(machine, standing, name, role)
    given = given or {}
    lacking = [need for need in row.requires if not _is_given(given.get(need))]
    if lacking:
        raise StepNeedsMore(thing=machine.words, step=row.words, needs=_listed([NEEDS[n] for n in lacking]))
    if row.version and (seen is None or seen != latest):
        raise VersionMovedOn(
            thing=machine.words,
            step=row.words,
            seen="—" if seen is None else seen,
            latest="—" if latest is None else latest,
        )
    after = standing
    if row.opens:
        after = replace(after, before=standing.pinned)
    if row.version == "pin":
        after = replace(after, pinned=seen)
    if row.restores:
        after = replace(after, pinned=standing.before)
    if row.target is None:
        return replace(after, state=standing.kept or machine.start.state, kept=None)
    return replace(after, state=row.target, kept=standing.state if row.keeps else None)


def _row(machine: Machine, standing: Standing, name: str, role: Role) -> Transition:
    rows = [row for row in machine.transitions if row.name == name]
    if not rows:
        raise ValueError(f"{machine.name} has no step “{name}”")
    here = [row for row in rows if standing.state in row.sources]
    if not here:
        state = machine.state(standing.state).words
        raise StepNotFromHere(thing=machine.words, state=state, step=rows[0].words)
    for row in here:
        if role in row.roles:
            return row
    roles = dict.fromkeys(role for row in here for role in row.roles)
    raise StepNotForRole(
        thing=machine.words, step=here[0].words, roles=_listed([ROLES[role] for role in roles])
    )


def _is_given(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else bool(value)


def _listed(phrases: list[Phrase]) -> Phrase:
    return Phrase("、".join(phrase.zh for phrase in phrases), ", ".join(phrase.en for phrase in phrases))
