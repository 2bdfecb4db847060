"""Takes an entry one step further, or says why not."""

from __future__ import annotations

from dataclasses import replace

from luoshi.core.errors import Phrase
from luoshi.core.register import clocks
from luoshi.core.register.acting import ACTORS, Act, Setting
from luoshi.core.register.entry import Entry, Step
from luoshi.core.register.filling import filled
from luoshi.core.register.procedure import Actor, Transition
from luoshi.core.register.refusals import (
    FourEyes,
    GuardUnmet,
    ReasonMissing,
    Recused,
    StepNotHere,
    StepNotYours,
)
from luoshi.core.register.view import View
from luoshi.core.register.voting import check_vote


def take(entry: Entry, act: Act, setting: Setting) -> Entry:
    """The entry after a step.

    Raises:
        LuoshiError: the step is refused; see `luoshi.core.register.refusals` and `ValueUnusable`.
    """
    step = setting.register.transition[act.transition]
    occasion = setting.occasion(act.on, act)
    _check_place(entry, step, act, setting)
    _check_four_eyes(entry, step, act, setting)
    if step.reason and not act.reason.strip():
        raise ReasonMissing(step=step.label)
    changed = filled(entry, step, act.given, setting, occasion)
    # Who acts may have an interest in what they have just written: somebody who appoints themselves.
    if step.recusal is not None and setting.holds(step.recusal, changed, occasion):
        raise Recused(step=step.label)
    for guard in step.guards:
        if not setting.holds(guard.when, changed, occasion):
            raise GuardUnmet(message=guard.message)
    if step.vote is not None:
        check_vote(step.vote, View(setting.register, changed, occasion, setting.world), occasion)
    clocks.check_minimum(changed, step, setting, occasion)
    moved = _moved(changed, step, act)
    return clocks.after(moved, step, setting, occasion)


def open_steps(entry: Entry, by: Actor, setting: Setting) -> tuple[Transition, ...]:
    """The steps that an actor can try from where the entry stands."""
    steps = setting.register.from_state(entry.state, by) if entry.state else setting.register.starts()
    return tuple(step for step in steps if by in step.who and _handed(entry, step))


def _handed(entry: Entry, step: Transition) -> bool:
    """While an entry is on its way to another body, only that body has a step."""
    return bool(entry.pending) == (step.takes_over or step.gives_back) or Actor.SYSTEM in step.who


def _check_place(entry: Entry, step: Transition, act: Act, setting: Setting) -> None:
    here = entry.state in step.origins if entry.state else not step.origins
    if not here or not _handed(entry, step):
        state = setting.register.state.get(entry.state)
        raise StepNotHere(step=step.label, state=state.label if state else Phrase("未登记", "not begun"))
    if act.by not in step.who:
        zh = "、".join(ACTORS[one].zh for one in step.who)
        en = " or ".join(ACTORS[one].en for one in step.who)
        raise StepNotYours(step=step.label, who=Phrase(zh, en))


def _check_four_eyes(entry: Entry, step: Transition, act: Act, setting: Setting) -> None:
    for other in step.apart_from:
        if act.person and any(act.person == taken.person for taken in entry.taken(other)):
            raise FourEyes(step=step.label, other=setting.register.transition[other].label)


def _moved(entry: Entry, step: Transition, act: Act) -> Entry:
    """State, holder and timeline after the step."""
    target = step.target or entry.state
    taken = Step(
        step.key, entry.state, target, act.by, act.person, act.body, act.at, act.on, act.reason.strip()
    )
    holder, pending = entry.holder, entry.pending
    if step.hands_to:
        pending = str(entry.values.get(step.hands_to, ""))
    elif step.takes_over:
        holder, pending = pending, ""
    elif step.gives_back:
        pending = ""
    return replace(
        entry,
        state=target,
        holder=holder,
        pending=pending,
        began=entry.began or act.on,
        steps=(*entry.steps, taken),
    )
