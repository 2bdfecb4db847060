"""A duty as it is compared: its words without the names in it, who does it, what it has to reach and cites.

An upstream text need not be a plan: where nobody is assigned, its numbered items or articles are its clauses,
and where nothing is numbered, its paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from luoshi.core.plan.model import BodyMention, Plan, Task
from luoshi.core.plan.outline import build_outline
from luoshi.core.plan.reading import Reading
from luoshi.core.source import Span

# What opens a list of bodies; it says nothing of the duty. Sample: 牵头部门:
_LABEL = re.compile(r"(?:牵头|责任|配合|主办|协办|参加|主要)(?:责任)?(?:部门|单位|领导)")
# The level before a name: 省司法厅 and 区司法局 do the same at different levels. Sample: 区
_LEVEL = re.compile(r"^(?:中共|国家|全国)?(?:自治[区州县旗]|[省市区县旗州镇乡](?!场)(?=..))?")
# What kind of office it is; levels call it differently. Sample: 厅
_OFFICE = re.compile(r"(?:委员会|办公室|[厅局委部办署])$")
# A paragraph that says something: it has a sentence. Sample: 加强宣传教育。
_SENTENCE = re.compile(r"[\u4e00-\u9fff]{6,}[^\n]*[。；;]")
SHORTEST = 12
"""Characters that a paragraph without a number needs to be a clause."""


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty of a text.

    Attributes:
        key: unique in its text.
        number: as it is printed; empty where there is none.
        text: its words, as they stand in the text at `span`.
        span: where it stands.
        bodies: names of those who do it, without the level and the kind of office.
        targets: what it has to reach, as comparable words.
        cited: titles of the documents that it names.
        hidden: spans within `text` that are no words of the duty: names and labels of bodies.
    """

    key: str
    number: str
    text: str
    span: Span
    bodies: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    cited: frozenset[str] = frozenset()
    hidden: tuple[Span, ...] = ()


def body_key(name: str) -> str:
    """A body's name without its level and kind of office.

    Example:
        >>> body_key("省司法厅"), body_key("区司法局"), body_key("区市场监管局"), body_key("各镇")
        ('司法', '司法', '市场监管', '各镇')
    """
    bare = _LEVEL.sub("", name)
    return _OFFICE.sub("", bare) or bare or name


def target_key(of: str, comparator: str, value: Decimal, unit: str) -> str:
    """A number to reach as people write it.

    Example:
        >>> target_key("配备率”", ">=", Decimal("95.0"), "%")
        '配备率≥95%'
    """
    sign = {">=": "≥", "<=": "≤"}.get(comparator, comparator)
    return f"{of.strip('“”')}{sign}{value.normalize():f}{unit}"


def label_spans(text: str) -> list[Span]:
    """Where lists of bodies are announced, such as 牵头部门."""
    return [Span(*found.span()) for found in _LABEL.finditer(text)]


def duty_of(task: Task) -> Duty:
    """A task of a plan as a duty."""
    mentions: tuple[BodyMention, ...] = (*task.leads, *task.responsibles)
    places = [one.span.shift(-task.span.start) for one in mentions if one.span.inside(task.span)]
    return Duty(
        key=task.id,
        number=task.number or "",
        text=task.text,
        span=task.span,
        bodies=frozenset(body_key(one.name) for one in mentions),
        targets=frozenset(
            target_key(one.of or "", one.comparator, one.value, one.unit) for one in task.targets
        ),
        cited=frozenset(one.title for one in task.citations),
        hidden=tuple(sorted([*places, *label_spans(task.text)])),
    )


def duties_of(plan: Plan) -> tuple[Duty, ...]:
    """What a text asks for, in its order: its tasks, else its numbered clauses, else its paragraphs."""
    if plan.tasks:
        return tuple(duty_of(task) for task in plan.tasks)
    return _numbered(plan.text) or _paragraphs(plan.text)


def _numbered(text: str) -> tuple[Duty, ...]:
    """The numbers under which no other stands."""
    reading = Reading.of(text)
    starts = [0, *(index + 1 for index, sign in enumerate(reading.view) if sign == "\n"), len(reading.view)]
    nodes = build_outline(reading.view, [(start, end) for start, end in pairwise(starts) if end > start])
    leaves = [
        node
        for node in nodes
        if not node.children and len(reading.view[node.text_start : node.end].strip()) > 1
    ]
    found = []
    for index, node in enumerate(leaves, 1):
        span = _bare(text, reading.span(node.start, node.end))
        found.append(Duty(f"c{index}", node.mark.printed, span.of(text), span))
    return tuple(found)


def _paragraphs(text: str) -> tuple[Duty, ...]:
    found: list[Duty] = []
    for span in _lines(text):
        words = span.of(text)
        if len(words) >= SHORTEST and _SENTENCE.search(words):
            found.append(Duty(f"c{len(found) + 1}", "", words, span))
    return tuple(found)


def _lines(text: str) -> Iterable[Span]:
    at = 0
    for line in text.split("\n"):
        yield _bare(text, Span(at, at + len(line)))
        at += len(line) + 1


def _bare(text: str, span: Span) -> Span:
    """A span without the blanks at its ends."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))
