"""Compares the names in a declaration: what leads nowhere, is never asked for, or would never happen."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from luoshi.core.calendar.recurrences import Recurrence, UnknownRecurrence
from luoshi.core.errors import Phrase
from luoshi.core.expression import storable
from luoshi.core.mechanism.declaration import Duty, Mechanism
from luoshi.core.mechanism.drawing import Drawing, Fact, Pool
from luoshi.core.mechanism.errors import unknown
from luoshi.core.register.declaration import Register
from luoshi.core.register.fields import FieldType
from luoshi.core.register.procedure import Actor, TimeLimit, Transition


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong, and the keys that lead to it in the file."""

    path: tuple[str, ...]
    problem: Phrase


def faults(mechanism: Mechanism) -> Iterator[Fault]:
    """Everything that is wrong with one mechanism by itself."""
    register = mechanism.register
    drawn = {key for one in mechanism.draws for key in one.steps}
    for transition in register.transitions:
        yield from _transition(register, transition, drawn)
    for drawing in mechanism.draws:
        yield from _drawing(register, drawing)
    for limit in register.limits:
        yield from _limit(register, limit)
    yield from _states(register)
    yield from _fields(register)
    yield from _intake(register)
    yield from _shown(mechanism)
    yield from _counted(mechanism)


def _known(path: tuple[str, ...], names: Iterable[str], allowed: Iterable[str]) -> Iterator[Fault]:
    allowed = tuple(allowed)
    for name in names:
        if name not in allowed:
            yield Fault(path, unknown(name, allowed))


def _states(register: Register) -> Iterator[Fault]:
    starts = list(register.starts())
    if not starts:
        yield Fault(
            ("transitions",),
            Phrase("没有起始步骤(不写from)。", "No step begins an entry (one without from)."),
        )
    reached = {one.target for one in starts}
    for _ in register.states:
        reached |= {one.target for one in register.transitions if reached & set(one.origins)}
    for state in register.states:
        path = ("states", state.key)
        if state.key not in reached:
            yield Fault(path, Phrase("任何步骤都到不了这一状态。", "No step leads to this state."))
        leads_on = any(one.target not in (None, state.key) for one in register.from_state(state.key))
        if not state.final and not leads_on:
            zh = "此状态没有后续步骤；如已结束，请写final: true。"
            yield Fault(path, Phrase(zh, "Nothing leads on from here; if it is an end, write final: true."))


def _transition(register: Register, step: Transition, drawn: Container[str]) -> Iterator[Fault]:
    path = ("transitions", step.key)
    fields, limits = register.field, register.limit
    yield from _known((*path, "from"), step.origins, register.state)
    yield from _known((*path, "to"), [step.target] if step.target else (), register.state)
    yield from _known((*path, "asks"), step.asks, fields)
    yield from _known((*path, "needs"), step.needs, step.asks)
    yield from _known((*path, "sets"), step.sets, fields)
    yield from _known((*path, "apart-from"), step.apart_from, register.transition)
    for part in ("starts", "stops", "pauses", "resumes", "drops"):
        yield from _known((*path, part), getattr(step, part), limits)
    yield from _never_asked(register, path, step)
    yield from _handing(register, path, step)
    if not step.origins and step.target is None:
        yield Fault(path, Phrase("起始步骤须写明到达的状态。", "The first step has to lead to a state."))
    if step.extends:
        yield from _extension(register, path, step)
    ends = any(limit.at_end == step.key for limit in register.limits)
    alone = step.origins and step.when is None and not ends and step.key not in drawn
    if Actor.SYSTEM in step.who and alone:
        zh = "由系统办理的步骤须写when，或者被某个时限的at-end、某次抽取引用。"
        en = "A step of the system needs `when`, a limit whose `at-end` names it, or a draw that takes it."
        yield Fault(path, Phrase(zh, en))
    if step.when is not None and Actor.SYSTEM not in step.who:
        yield Fault(
            (*path, "when"), Phrase("自动步骤的办理人应为system。", "An automatic step is taken by `system`.")
        )


def _never_asked(register: Register, path: tuple[str, ...], step: Transition) -> Iterator[Fault]:
    for key in step.asks:
        field = register.field.get(key)
        if field is not None and field.type is FieldType.COMPUTED:
            yield Fault(
                (*path, "asks"),
                Phrase(f"“{key}”由系统计算，不能填写。", f"“{key}” is computed, not asked for."),
            )


def _handing(register: Register, path: tuple[str, ...], step: Transition) -> Iterator[Fault]:
    if step.hands_to:
        yield from _known((*path, "hands-to"), [step.hands_to], _of_type(register, FieldType.BODY))
    if (step.takes_over or step.gives_back) and step.who != (Actor.RECEIVER,):
        yield Fault(
            (*path, "who"),
            Phrase("签收、退回由receiver办理。", "Signing for it or giving it back is for `receiver`."),
        )
    if Actor.RECEIVER in step.who and not any(one.hands_to for one in register.transitions):
        yield Fault(
            (*path, "who"),
            Phrase("没有移送步骤，receiver无从谈起。", "Nothing is handed over, so nobody receives."),
        )


def _extension(register: Register, path: tuple[str, ...], step: Transition) -> Iterator[Fault]:
    yield from _known((*path, "extends"), [step.extends], register.limit)
    yield from _known((*path, "by"), [step.by], _of_type(register, FieldType.NUMBER))
    limit = register.limit.get(step.extends)
    if limit is not None and not (limit.rule.extension and limit.times):
        yield Fault(
            (*path, "extends"),
            Phrase("该时限不可延长(extension、times)。", "This limit knows no extension (extension, times)."),
        )


def _drawing(register: Register, drawing: Drawing) -> Iterator[Fault]:
    path = ("draws", drawing.key)
    yield from _known(path, drawing.steps, _by_system(register))
    yield from _known((*path, "keeps"), drawing.keeps, Fact)
    yield from _known((*path, "keeps"), drawing.keeps.values(), register.field)
    for pool in drawing.pools:
        inside = (*path, "pools", pool.key)
        yield from _known((*inside, "counted"), [pool.counted] if pool.counted else (), register.field)
        others = [one.key for one in drawing.pools if one.key != pool.key]
        yield from _known((*inside, "recusal"), [one.pool for one in pool.recusal], others)
        if pool.fills:
            yield from _filling(register, inside, pool)


def _filling(register: Register, path: tuple[str, ...], pool: Pool) -> Iterator[Fault]:
    yield from _known((*path, "fills"), [pool.fills], _of_type(register, FieldType.ROWS))
    rows = register.field.get(pool.fills)
    columns = [] if rows is None else [one.key for one in rows.columns]
    yield from _known((*path, "columns"), pool.columns, columns)
    yield from _known((*path, "accepted"), [pool.accepted] if pool.accepted else (), columns)


def _limit(register: Register, limit: TimeLimit) -> Iterator[Fault]:
    path = ("limits", limit.key)
    yield from _known((*path, "holds"), limit.holds, register.transition)
    if limit.minimum != bool(limit.holds):
        yield Fault(
            path,
            Phrase(
                "最短期限须写明限制哪些步骤(holds)，其他时限不写。",
                "A minimum, and nothing else, holds steps back.",
            ),
        )
    if limit.start_field:
        yield from _known((*path, "start-field"), [limit.start_field], _of_type(register, FieldType.DATE))
    elif not any(limit.key in one.starts for one in register.transitions):
        yield Fault(path, Phrase("没有步骤启动这一时限(starts)。", "No step starts this limit (starts)."))
    if limit.at_end:
        yield from _known((*path, "at-end"), [limit.at_end], _by_system(register))


def _fields(register: Register) -> Iterator[Fault]:
    asked = {key for one in register.transitions for key in (*one.asks, *one.sets)}
    for field in register.fields:
        if field.key not in asked and field.type is not FieldType.COMPUTED:
            yield Fault(
                ("fields", field.key),
                Phrase("没有步骤填写这一字段(asks、sets)。", "No step asks for this field or sets it."),
            )
    formulas = {field.key: field.formula for field in register.fields if field.formula is not None}
    for key, formula in formulas.items():
        if register.field[key].indexed and not storable(formula, formulas):
            problem = Phrase(
                "随日期变化的计算字段不能indexed。", "What changes with the day cannot be indexed."
            )
            yield Fault(("fields", key, "indexed"), problem)
    personal = any(field.personal or field.sensitive for field in register.fields)
    if personal and register.retention.personal_years is None:
        yield Fault(
            ("retention",),
            Phrase(
                "含个人信息的，须写明保存年限(personal-years)。",
                "What is personal has to be destroyed some day (personal-years).",
            ),
        )


def _intake(register: Register) -> Iterator[Fault]:
    intake = register.intake
    if intake is None:
        return
    outside = [one.key for one in register.transitions if Actor.OUTSIDE in one.who]
    starts = [one.key for one in register.starts() if one.key in outside]
    yield from _known(("intake", "start"), [intake.start], starts)
    yield from _known(("intake", "actions"), intake.actions, outside)
    yield from _known(("intake", "limits"), intake.limits, register.limit)
    yield from _known(("intake", "shows"), intake.shows, register.field)
    start = register.transition.get(intake.start)
    if start is None:
        return
    yield from _known(("intake", "fields"), intake.fields, start.asks)
    for key in start.asks:
        needed = key in start.needs or (key in register.field and register.field[key].required is True)
        if needed and key not in intake.fields:
            yield Fault(
                ("intake", "fields"), Phrase(f"缺少必填的“{key}”。", f"“{key}” is required and missing here.")
            )


def _shown(mechanism: Mechanism) -> Iterator[Fault]:
    register, views = mechanism.register, mechanism.views
    fields = register.field
    public = [key for key, field in fields.items() if field.public]
    open_ones = [key for key, field in fields.items() if not field.personal and not field.sensitive]
    if register.publication is not None:
        yield from _known(("publication", "columns"), register.publication.columns, public)
    yield from _known(("views", "columns"), views.columns, fields)
    yield from _known(("views", "printed"), views.printed, fields)
    yield from _known(
        ("views", "filters"), views.filters, [key for key, one in fields.items() if one.indexed]
    )
    yield from _known(("views", "title"), named_in(views.title), open_ones)
    for number, step in enumerate(views.steps, start=1):
        yield from _known(("views", f"steps[{number}]"), step.fields, fields)


def named_in(pattern: str) -> list[str]:
    """The fields that a pattern of a title names.

    Example:
        >>> named_in("{form} of {body-name}")
        ['form', 'body-name']
    """
    return [part.split("}")[0] for part in pattern.split("{")[1:]]


def _counted(mechanism: Mechanism) -> Iterator[Fault]:
    register = mechanism.register
    for indicator in mechanism.indicators:
        path = ("indicators", indicator.key)
        if indicator.limit:
            yield from _known((*path, "limit"), [indicator.limit], register.limit)
        if indicator.covers:
            yield from _known((*path, "covers"), [indicator.covers], _of_type(register, FieldType.BODY))
    for duty in mechanism.duties:
        yield from _duty(duty)
    for aim in mechanism.aims:
        yield from _known(("aims",), [aim.indicator], mechanism.indicator)


def _duty(duty: Duty) -> Iterator[Fault]:
    try:
        recurrence = Recurrence.parse(duty.recurrence)
    except UnknownRecurrence as error:
        yield Fault(("duties", duty.key), Phrase(error.message("zh"), error.message("en")))
        return
    if duty.due_after and recurrence.day is not None:
        zh = "周期已写明日子的，不能再写期满后多少天(due-after)。"
        en = "A recurrence that names a day is due on it, not days after its period (due-after)."
        yield Fault(("duties", duty.key, "due-after"), Phrase(zh, en))


def _of_type(register: Register, type_: FieldType) -> list[str]:
    return [field.key for field in register.fields if field.type is type_]


def _by_system(register: Register) -> list[str]:
    return [one.key for one in register.transitions if Actor.SYSTEM in one.who]
