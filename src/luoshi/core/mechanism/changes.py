"""What a later version of a mechanism changes, in words that the people read who work by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from luoshi.core.errors import Phrase
from luoshi.core.indicator.declaration import Indicator
from luoshi.core.mechanism.declaration import Mechanism
from luoshi.core.register.acting import ACTORS
from luoshi.core.register.fields import Field
from luoshi.core.register.procedure import Actor, State, TimeLimit, Transition

_LIMITS, _FIELDS, _STATES, _STEPS, _INDICATORS, _KEEPING = (
    Phrase("时限", "Limits"),
    Phrase("字段", "Fields"),
    Phrase("状态", "States"),
    Phrase("步骤", "Steps"),
    Phrase("指标", "Indicators"),
    Phrase("保存", "Retention"),
)
_NONE = Phrase("无", "none")
_Part = TypeVar("_Part", TimeLimit, Field, State, Transition, Indicator)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: in which part of the declaration, of what, and how."""

    part: Phrase
    of: Phrase
    how: Phrase

    @property
    def words(self) -> Phrase:
        """The difference in one line."""
        return Phrase(
            f"{self.part.zh}“{self.of.zh}”：{self.how.zh}", f"{self.part.en}, {self.of.en}: {self.how.en}"
        )


@dataclass(frozen=True, slots=True)
class Version:
    """A version with what it changed of the one before it; nothing for the first."""

    mechanism: Mechanism
    changes: tuple[Change, ...] = ()


def succession(versions: Sequence[Mechanism]) -> list[Version]:
    """The versions of a mechanism in turn, each with what it changed."""
    pairs = zip([None, *versions], versions, strict=False)
    return [Version(one, () if before is None else tuple(changes(before, one))) for before, one in pairs]


def changes(before: Mechanism, after: Mechanism) -> Iterator[Change]:
    """What differs between two versions: limits first, then what is asked, done and counted."""
    old, new = before.register, after.register
    yield from _of(_LIMITS, old.limit, new.limit, _limit)
    yield from _of(_FIELDS, old.field, new.field, _field)
    yield from _of(_STATES, old.state, new.state, _state)
    yield from _of(
        _STEPS, old.transition, new.transition, lambda one, other: _step(one, other, before, after)
    )
    yield from _of(_INDICATORS, before.indicator, after.indicator, _indicator)
    if old.retention != new.retention:
        how = _from_to(_years(old.retention.years), _years(new.retention.years))
        yield Change(_KEEPING, Phrase("保存期限", "Time kept"), how)


def _of(
    part: Phrase,
    old: Mapping[str, _Part],
    new: Mapping[str, _Part],
    differs: Callable[[_Part, _Part], Iterator[Phrase]],
) -> Iterator[Change]:
    for key, one in new.items():
        if key not in old:
            yield Change(part, one.label, Phrase("新增", "new"))
            continue
        if one.label != old[key].label:
            yield Change(part, one.label, _renamed(old[key].label))
        for how in differs(old[key], one):
            yield Change(part, one.label, how)
    for key, one in old.items():
        if key not in new:
            yield Change(part, one.label, Phrase("取消", "dropped"))


def _limit(old: TimeLimit, new: TimeLimit) -> Iterator[Phrase]:
    one, other = old.rule, new.rule
    if (one.amount, one.unit) != (other.amount, other.unit):
        yield _from_to(Phrase(one.words("zh"), one.words("en")), Phrase(other.words("zh"), other.words("en")))
    if (one.extension, old.times) != (other.extension, new.times):
        yield _about(Phrase("可延长", "extension"), _extension(old), _extension(new))
    if old.source != new.source:
        yield _about(Phrase("依据", "by"), old.source.words, new.source.words)
    if old.start_field != new.start_field or old.at_end != new.at_end:
        yield Phrase("起算或者届满的处理有变化", "what starts it or what follows its end has changed")


def _extension(limit: TimeLimit) -> Phrase:
    if not limit.times or not limit.rule.extension:
        return _NONE
    return Phrase(f"{limit.rule.extension}×{limit.times}次", f"{limit.rule.extension}, {limit.times} time(s)")


def _field(old: Field, new: Field) -> Iterator[Phrase]:
    if old.required != new.required:
        yield _from_to(_required(old), _required(new))
    if old.public != new.public:
        yield Phrase("改为公开", "now public") if new.public else Phrase("不再公开", "no longer public")
    before, after = ({one.key: one.label for one in field.offered()} for field in (old, new))
    for key in after:
        if key not in before:
            yield Phrase(f"新增选项“{after[key].zh}”", f"new option “{after[key].en}”")
    for key in before:
        if key not in after:
            yield Phrase(f"取消选项“{before[key].zh}”", f"option “{before[key].en}” dropped")
    if old.formula != new.formula:
        yield Phrase("计算方法有变化", "computed in another way")


def _required(field: Field) -> Phrase:
    if isinstance(field.required, bool):
        return Phrase("必填", "required") if field.required else Phrase("选填", "optional")
    return Phrase("符合条件时必填", "required in some cases")


def _state(old: State, new: State) -> Iterator[Phrase]:
    if old.final != new.final:
        yield (
            Phrase("改为办结状态", "now an end")
            if new.final
            else Phrase("不再是办结状态", "no longer an end")
        )


def _step(old: Transition, new: Transition, before: Mechanism, after: Mechanism) -> Iterator[Phrase]:
    if old.who != new.who:
        yield _about(Phrase("办理人", "taken by"), _who(before, old), _who(after, new))
    if (old.asks, old.needs) != (new.asks, new.needs):
        yield Phrase("填写内容有变化", "asks for other things")
    if _conditions(old) != _conditions(new):
        yield Phrase("办理条件有变化", "other conditions")
    if (old.origins, old.target) != (new.origins, new.target):
        yield Phrase("前后状态有变化", "leads from or to other states")


def _conditions(step: Transition) -> tuple[object, ...]:
    return (step.guards, step.apart_from, step.recusal, step.vote, step.reason)


def _who(mechanism: Mechanism, step: Transition) -> Phrase:
    own = mechanism.roles or {}
    named = [own.get(one.value, ACTORS[one]) for one in step.who if one is not Actor.SYSTEM]
    return Phrase("、".join(one.zh for one in named), ", ".join(one.en for one in named)) if named else _NONE


def _indicator(old: Indicator, new: Indicator) -> Iterator[Phrase]:
    if (old.measure, old.of, old.where, old.limit) != (new.measure, new.of, new.where, new.limit):
        yield Phrase("计算口径有变化", "counted in another way")


def _years(years: int | None) -> Phrase:
    return Phrase("永久", "for ever") if years is None else Phrase(f"{years}年", f"{years} years")


def _renamed(before: Phrase) -> Phrase:
    return Phrase(f"原称“{before.zh}”", f"called “{before.en}” before")


def _from_to(old: Phrase, new: Phrase) -> Phrase:
    return Phrase(f"{old.zh} → {new.zh}", f"{old.en} → {new.en}")


def _about(what: Phrase, old: Phrase, new: Phrase) -> Phrase:
    return Phrase(f"{what.zh}：{old.zh} → {new.zh}", f"{what.en}: {old.en} → {new.en}")
