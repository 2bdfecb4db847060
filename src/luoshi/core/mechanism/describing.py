"""A declaration in words: the page that people read, and the drawing of its states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from luoshi.core.errors import Phrase
from luoshi.core.indicator.declaration import Indicator
from luoshi.core.mechanism.changes import Version, succession
from luoshi.core.mechanism.declaration import Mechanism
from luoshi.core.register.acting import ACTORS
from luoshi.core.register.fields import Field
from luoshi.core.register.procedure import Actor, TimeLimit, Transition

_HEADS = {
    "fields": Phrase("字段", "Fields"),
    "states": Phrase("状态", "States"),
    "steps": Phrase("步骤", "Steps"),
    "limits": Phrase("时限", "Limits"),
    "indicators": Phrase("指标", "Indicators"),
    "duties": Phrase("周期性工作", "Duties"),
    "versions": Phrase("版本", "Versions"),
}
_UNVERIFIED = Phrase("（未核实）", " (not verified)")
_YES = Phrase("是", "yes")


def diagram(mechanism: Mechanism, language: str) -> str:
    """The states and the steps between them as a Mermaid diagram."""
    register = mechanism.register
    lines = ["stateDiagram-v2"]
    lines += [f"    {_id(one.key)}: {one.label.said(language)}" for one in register.states]
    for step in register.transitions:
        label = step.label.said(language)
        if not step.origins:
            lines.append(f"    [*] --> {_id(step.target or '')}: {label}")
        for origin in step.origins:
            if step.target is not None and step.target != origin:
                lines.append(f"    {_id(origin)} --> {_id(step.target)}: {label}")
    lines += [f"    {_id(one.key)} --> [*]" for one in register.states if one.final]
    return "\n".join(lines)


def page(mechanism: Mechanism, language: str, versions: Sequence[Mechanism] = ()) -> str:
    """A Markdown page about one version of a mechanism.

    Args:
        versions: all of them; where there are several, the page says what each changed.
    """
    register = mechanism.register
    lines = [
        f"# {mechanism.name.said(language)}",
        "",
        mechanism.purpose.said(language),
        "",
        f"`{mechanism.key}` · {mechanism.version} · {mechanism.in_force.start}"
        + (f" – {mechanism.in_force.to}" if mechanism.in_force.to else ""),
        "",
        "```mermaid",
        diagram(mechanism, language),
        "```",
    ]
    lines += _section("fields", language, _fields(register.fields, mechanism, language))
    lines += _section("steps", language, _steps(mechanism, language))
    lines += _section("limits", language, _limits(register.limits, language))
    lines += _section("indicators", language, _indicators(mechanism.indicators, language))
    if len(versions) > 1:
        lines += _section("versions", language, _versions(succession(versions), language))
    return "\n".join(lines) + "\n"


def _section(name: str, language: str, rows: Iterable[str]) -> list[str]:
    found = list(rows)
    return ["", f"## {_HEADS[name].said(language)}", "", *found] if len(found) > 2 else []


def _fields(fields: Iterable[Field], mechanism: Mechanism, language: str) -> Iterator[str]:
    yield Phrase(
        "| 字段 | 名称 | 类型 | 必填 | 公开 | 依据 |",
        "| field | label | type | required | public | source |",
    ).said(language)
    yield "|---|---|---|---|---|---|"
    for one in fields:
        required = (
            ""
            if one.required is False
            else _YES.said(language)
            if one.required is True
            else f"`{one.required.text}`"
        )
        public = _YES.said(language) if one.public else ""
        kind = f"{one.type}" + (f"（{one.unit}）" if one.unit else "")
        source = "" if one.source is None else _source(one.source.words, one.source.verified, language)
        yield f"| `{one.key}` | {one.label.said(language)} | {kind} | {required} | {public} | {source} |"


def _steps(mechanism: Mechanism, language: str) -> Iterator[str]:
    yield Phrase("| 步骤 | 从 | 到 | 办理人 | 条件 |", "| step | from | to | by | conditions |").said(
        language
    )
    yield "|---|---|---|---|---|"
    for step in mechanism.register.transitions:
        states = mechanism.register.state
        origins = "、".join(states[one].label.said(language) for one in step.origins) or "—"
        target = states[step.target].label.said(language) if step.target else "—"
        who = "、".join(actor_words(mechanism, one, language) for one in step.who)
        cells = (step.label.said(language), origins, target, who, _conditions(step, mechanism, language))
        yield f"| {' | '.join(cells)} |"


def _conditions(step: Transition, mechanism: Mechanism, language: str) -> str:
    found = [guard.message.said(language) for guard in step.guards]
    found += [
        Phrase("不能与“{}”为同一人", "not by who took “{}”")
        .said(language)
        .format(mechanism.register.transition[one].label.said(language))
        for one in step.apart_from
    ]
    return " ".join(found)


def _limits(limits: Iterable[TimeLimit], language: str) -> Iterator[str]:
    yield Phrase("| 时限 | 长短 | 可延长 | 依据 |", "| limit | how long | extension | source |").said(
        language
    )
    yield "|---|---|---|---|"
    for one in limits:
        more = f"+{one.rule.extension} ×{one.times}" if one.rule.extension and one.times else ""
        source = _source(one.source.words, one.source.verified, language)
        yield f"| {one.label.said(language)} | {one.rule.words(language)} | {more} | {source} |"


def _indicators(indicators: Iterable[Indicator], language: str) -> Iterator[str]:
    yield Phrase(
        "| 指标 | 算法 | 单位 | 没有分母时 |", "| indicator | measure | unit | when there is nothing |"
    ).said(language)
    yield "|---|---|---|---|"
    for one in indicators:
        yield f"| {one.label.said(language)} | {one.measure} | {one.unit} | {one.empty} |"


def _versions(versions: Iterable[Version], language: str) -> Iterator[str]:
    yield Phrase("| 版本 | 施行 | 变化 |", "| version | in force | changes |").said(language)
    yield "|---|---|---|"
    for one in versions:
        days = one.mechanism.in_force
        words = [change.words.said(language) for change in one.changes]
        until = f" – {days.to}" if days.to else ""
        yield f"| {one.mechanism.version} | {days.start}{until} | {'<br>'.join(words) or '—'} |"


def actor_words(mechanism: Mechanism, actor: Actor, language: str) -> str:
    """What an actor is called in this mechanism."""
    own = (mechanism.roles or {}).get(actor.value)
    return (own if own is not None else ACTORS[actor]).said(language)


def _source(words: Phrase, verified: bool, language: str) -> str:
    return words.said(language) + ("" if verified else _UNVERIFIED.said(language))


def _id(key: str) -> str:
    return key.replace("-", "_")
