"""One way to write any plan: headings, numbered tasks, and two labelled lines for their bodies.

`canonical_text` writes a plan so; reading that text again gives the same plan (a test says so for plans of
every layout in prose, and for the bodies of those in tables). `substance` is what "the same" means:
everything but places, damage and layout.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from luoshi.core.plan.model import BodyMention, Plan, Section, Task

# The point behind a number. Sample: ". " of "3. 完善"
_POINT_OF_NUMBER = re.compile(r"^\s?[.．、]?\s*")
# Rules whose bodies stand in the words of the task itself: writing the words writes the bodies.
_IN_WORDS = (
    *("bodies.prose-by", "bodies.prose-together", "bodies.prose-charge"),
    *("bodies.prose-lead-help", "bodies.body-first"),
)


@dataclass(frozen=True, slots=True)
class Substance:
    """What a task amounts to, wherever and however it is written."""

    section: str
    number: str | None
    leads: tuple[str, ...]
    responsibles: tuple[str, ...]
    targets: tuple[tuple[str, Decimal, str], ...]
    deadlines: tuple[tuple[str, str], ...]
    citations: tuple[str, ...]


def substance(plan: Plan) -> list[Substance]:
    """What the tasks of a plan amount to, in order; two plans are the same if this is equal."""
    titles = {section.id: f"{section.number} {section.title}" for section in plan.sections}
    return [
        Substance(
            titles.get(task.section or "", ""),
            task.number,
            tuple(body.name for body in task.leads),
            tuple(body.name for body in task.responsibles),
            tuple((target.comparator, target.value, target.unit) for target in task.targets),
            tuple((deadline.kind, deadline.value) for deadline in task.deadlines),
            tuple(citation.title for citation in task.citations),
        )
        for task in plan.tasks
    ]


def canonical_text(plan: Plan) -> str:
    """The plan in its canonical form, ending with a line feed."""
    parts: list[tuple[int, str]] = [(section.span.start, _heading(section)) for section in plan.sections]
    parts += [(task.span.start, _task(plan, task)) for task in plan.tasks]
    lines = [text for _, text in sorted(parts, key=lambda part: part[0])]
    title = [plan.metadata.title] if plan.metadata.title else []
    return "\n".join([*title, *lines]) + "\n"


def _heading(section: Section) -> str:
    return f"{numbered(section.number)}{section.title}" if section.number else section.title


def numbered(number: str) -> str:
    """A number with the point that belongs to its style.

    Example:
        >>> [numbered(n) for n in ("一", "(二)", "3", "④", "一是")]
        ['一、', '(二)', '3.', '④', '一是']
    """
    if number.isdecimal():
        return number + "."
    return number if number[-1:] in "）)是要" or "①" <= number <= "⑳" or number[:1] == "第" else number + "、"


def _task(plan: Plan, task: Task) -> str:
    words = own_words(plan.text, task)
    opening = numbered(task.number) if task.number else "" if task.leads or task.responsibles else "具体措施:"
    lines = [opening + words]
    if not any(body.rule in _IN_WORDS for body in (*task.leads, *task.responsibles)):
        if task.leads:
            lines.append("牵头部门:" + _listed(task.leads))
        if task.responsibles:
            lines.append("责任部门:" + _listed(task.responsibles))
    return "\n".join(line for line in lines if line)


def _listed(bodies: tuple[BodyMention, ...]) -> str:
    return "、".join(body.name for body in bodies)


def own_words(text: str, task: Task) -> str:
    """The words of a task without its number and without the lists of its bodies.

    Args:
        text: the plan's text.
        task: one of its tasks.
    """
    if task.rule.startswith("table."):
        return _words_of_cells(text, task)
    start, end = task.span.start, task.span.end
    bodies = (*task.leads, *task.responsibles)
    if bodies and not any(body.rule in _IN_WORDS for body in bodies):
        first = min(body.span.start for body in bodies)
        last = max(body.span.end for body in bodies)
        before, behind = _list_start(text, start, first), _list_end(text, last, end)
        dated = [d.quote for d in task.deadlines if before <= d.span.start and d.span.end <= behind]
        dates = "\n完成时限:" + "、".join(dated) if dated else ""
        words = text[start:before].rstrip() + dates + _sentence(text[behind:end])
    else:
        words = text[start:end]
    return _without_number(words, task.number)


def _sentence(behind: str) -> str:
    # What stands behind the bodies (a line with a date) goes on as a line of its own.
    behind = behind.strip(" \n。;；)）】]〕」*")
    return "\n" + behind if behind else ""


def _list_start(text: str, start: int, first: int) -> int:
    """Where the bracket or the labelled line opens in which the first body stands."""
    depth = 0
    for at in range(first - 1, start - 1, -1):
        char = text[at]
        if char in "）)】]〕":
            depth += 1
        elif char in "（(【[〔":
            if depth == 0:
                return at
            depth -= 1
        elif (char == "\n" and depth == 0) or (char == "。" and depth == 0):
            return at + 1
    return start


def _list_end(text: str, last: int, end: int) -> int:
    """Where that bracket or line closes."""
    depth = 0
    for at in range(last, end):
        char = text[at]
        if char in "（(【[〔":
            depth += 1
        elif char in "）)】]〕":
            if depth == 0:
                return at + 1
            depth -= 1
        elif char == "\n":
            return at
    return end


def _without_number(words: str, number: str | None) -> str:
    words = words.strip().lstrip("-*# ")
    if number and words.startswith(number):
        words = _POINT_OF_NUMBER.sub("", words[len(number) :])
    return words.strip("* ")


def _words_of_cells(text: str, task: Task) -> str:
    """The cells of a row that hold neither its number nor bodies, as sentences."""
    taken = [body.span for body in (*task.leads, *task.responsibles)]
    words: list[str] = []
    dates: list[str] = []
    at = task.span.start
    for cell in text[task.span.start : task.span.end].split(" | "):
        end = at + len(cell)
        holds_body = any(at <= span.start and span.end <= end for span in taken)
        if any(at <= due.span.start and due.quote == cell.strip() for due in task.deadlines):
            dates.append(cell.strip())
        elif not holds_body and cell.strip() and cell.strip().rstrip("、.．") != task.number:
            words.append(" ".join(cell.split()).rstrip("。"))
        at = end + len(" | ")
    dated = "\n完成时限:" + "、".join(dict.fromkeys(dates)) if dates else ""
    return ("。".join(words) + "。" if words else "") + dated
