"""From a task's stretch of text to the task: its bodies, and the values that stand in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter

from luoshi.core.plan.bodies import mention
from luoshi.core.plan.conventions import COMMA, FIRST, STAR, Ruling
from luoshi.core.plan.items import Item
from luoshi.core.plan.model import BodyMention, Finding, Task
from luoshi.core.plan.outline import Node
from luoshi.core.plan.reading import Reading
from luoshi.core.plan.roles import Placed
from luoshi.core.plan.values import Values
from luoshi.core.plan.wording import title_span

# A convention that stands this near behind a list holds for it, too, in characters.
_RIGHT_BEHIND = 12
# What is no digit of a number. Sample: ( and ) of (3)
_NO_DIGIT = re.compile(r"\D")


def assemble(
    values: Values, item: Item, nodes: list[Node], section_of: dict[int, str], rulings: list[Ruling]
) -> Task:
    """The task that stands at an item's stretch; its id is given later.

    Args:
        values: the values of the text.
        item: the stretch.
        nodes: the outline.
        section_of: the section that each number of the outline belongs to.
        rulings: the conventions that the text states.
    """
    reading = values.reading
    span = reading.span(item.start, item.end)
    group = item.group.start if item.group and not item.group.prose else None
    words_end = item.end if group is None else group
    assigned = item.group.assigned if item.group else []
    leads, responsibles = bodies_of(values, assigned, item.start, rulings)
    title = title_span(reading.view, item.words, item.end, group) if item.words < item.end else None
    deadlines, targets = values.dated(item.words, item.end, words_end)
    return Task(
        id="",
        number=_number(reading, item, nodes),
        title=_title(reading, title),
        section=section_of.get(item.node) if item.node is not None else None,
        parent=None,
        text=span.of(reading.text),
        span=span,
        leads=leads,
        responsibles=responsibles,
        measures=tuple(values.measures(title[1] if title else item.words, words_end)),
        targets=targets,
        deadlines=deadlines,
        citations=tuple(values.citations(item.words, item.end)),
        rule=item.rule,
    )


def _number(reading: Reading, item: Item, nodes: list[Node]) -> str | None:
    if item.printed is not None:
        return reading.span(*item.printed).of(reading.text)
    return nodes[item.node].mark.printed if item.node is not None and item.own else None


def _title(reading: Reading, found: tuple[int, int] | None) -> str | None:
    if found is None:
        return None
    return "".join(reading.span(*found).of(reading.text).replace("**", "").split()) or None


# --- bodies --------------------------------------------------------------------------------------------


def bodies_of(
    values: Values, assigned: list[Placed], at: int, rulings: list[Ruling]
) -> tuple[tuple[BodyMention, ...], tuple[BodyMention, ...]]:
    """Leads and responsible bodies, each once, with the conventions that hold at a place applied."""
    if not assigned:
        return (), ()
    leads: dict[str, BodyMention] = {}
    responsibles: dict[str, BodyMention] = {}
    for offset, one in _by_convention(values.reading.view, assigned, at, rulings):
        side = leads if one.lead else responsibles
        made = mention(values.reading, one.name, one.rule, offset)
        if side.setdefault(made.name, made) is not made:
            details = {"was": made.printed, "read": made.name}
            values.notes.append(Finding("duplicated-text", made.span, details))
    return tuple(leads.values()), tuple(responsibles.values())


def _by_convention(view: str, assigned: list[Placed], at: int, rulings: list[Ruling]) -> list[Placed]:
    if not assigned or not rulings or any(one.explicit for _, one in assigned if one.lead):
        return assigned
    reach = max(max(offset + one.name.end for offset, one in assigned) + _RIGHT_BEHIND, at - 1)
    for slot in range(bisect_right(rulings, reach, key=lambda ruling: ruling.start) - 1, -1, -1):
        ruling = rulings[slot]
        rule = f"convention.{ruling.kind}"
        if ruling.kind == FIRST:
            return [_leading(assigned[0], rule), *assigned[1:]]
        if ruling.kind == STAR and any(one.name.starred for _, one in assigned):
            return [_leading(placed, rule) if placed[1].name.starred else placed for placed in assigned]
        if ruling.kind == COMMA:
            return _before_point(view, assigned, ruling.sign, rule)
    return assigned


def _before_point(view: str, assigned: list[Placed], point: str, rule: str) -> list[Placed]:
    ends = [offset + one.name.end for offset, one in assigned]
    found = view.find(point, ends[0], ends[-1])
    if found < 0:
        return assigned
    return [
        _leading(placed, rule) if end <= found else placed for placed, end in zip(assigned, ends, strict=True)
    ]


def _leading(placed: Placed, rule: str) -> Placed:
    offset, one = placed
    return offset, one._replace(lead=True, rule=rule)


# --- names ---------------------------------------------------------------------------------------------


def name_tasks(tasks: list[Task], sections: dict[str, str]) -> list[Task]:
    """The tasks in text order with their ids: the number where numbers run on, else the place in the order.

    A clause that shares its item's number hangs under the first clause of that item.

    Args:
        tasks: the tasks of paragraphs and tables.
        sections: the id of each section by the one that tasks call it by.
    """
    ordered = sorted(tasks, key=lambda task: (task.span.start, task.span.end))
    numbers = [_digits(task.number or "") for task in ordered]
    running = all(numbers) and max(Counter(numbers).values(), default=0) == 1
    ids = [f"t{number if running else place}" for place, number in enumerate(numbers, 1)]
    named: list[Task] = []
    for place, task in enumerate(ordered):
        first = place > 0 and _same_item(ordered[place - 1], task)
        parent = (named[-1].parent or named[-1].id) if first else None
        section = sections[task.section] if task.section else None
        named.append(task.named(ids[place], section, parent))
    return named


def _digits(number: str) -> str:
    return number if number.isdecimal() else _NO_DIGIT.sub("", number)


def _same_item(before: Task, task: Task) -> bool:
    return (
        task.number is not None
        and before.number == task.number
        and before.section == task.section
        and before.span.end <= task.span.start
        and not task.text.startswith(task.number)
    )
