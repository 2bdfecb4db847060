"""What was damaged or doubtful in a plan, for a person to settle.

Everything that was read in only one possible way is reported as a note; everything that may be wrong as a
warning; what must not go out unsettled as an error (see `luoshi.core.plan.findings`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from luoshi.core.document.model import Document
from luoshi.core.plan.damage import find_damage, near
from luoshi.core.plan.findings import WEIGHT, severity
from luoshi.core.plan.lexicon import line_of, names
from luoshi.core.plan.model import BodyMention, Finding, Plan, Task
from luoshi.core.plan.outline import Node
from luoshi.core.plan.reading import Reading
from luoshi.core.source import Span

# The shortest sentence whose repetition in one task is worth a note, in characters.
_SHORTEST = 12


def find_doubts(reading: Reading, document: Document, plan: Plan, nodes: list[Node]) -> list[Finding]:
    """Every doubt about a plan, the weightiest first, then in text order.

    Args:
        reading: the whole text.
        document: the document, with the damage that cleaning saw.
        plan: what was read.
        nodes: the outline's numbers.
    """
    found = [
        *_from_reader(document),
        *_from_cleaning(document),
        *find_damage(reading),
        *_repetitions(plan),
        *_numbers(reading, nodes, plan),
        *_lists(plan),
        *_unknown_bodies(plan),
        *_unassigned(plan),
    ]
    return sorted(found, key=lambda one: (WEIGHT[severity(one)], one.span.start, one.span.end, one.code))


def _from_reader(document: Document) -> Iterator[Finding]:
    """What the file holds that was left out or read with reserve; it stands at no place of the text."""
    for code, quote in document.notes:
        yield Finding(f"file-{code}", Span(0, 0), {"quote": quote})


def _from_cleaning(document: Document) -> Iterator[Finding]:
    for defect in document.defects:
        read = defect.span.of(document.text)
        yield Finding(
            defect.code, defect.span, {"was": defect.was, "read": read}, (read,) if defect.was else ()
        )


# --- repetitions ---------------------------------------------------------------------------------------


def _repetitions(plan: Plan) -> Iterator[Finding]:
    """Names that were read without a doubled piece, and sentences that a task says twice."""
    for task in plan.tasks:
        for mention in (*task.leads, *task.responsibles):
            if len(mention.name) >= len(mention.printed) or mention.printed in ("同上", "同前"):
                continue
            printed = "".join(mention.printed.split())
            if len(mention.name) < len(printed):
                details = {"was": printed, "read": mention.name}
                yield Finding("duplicated-text", mention.span, details, (mention.name, printed))
        yield from _repeated_sentences(task)


def _repeated_sentences(task: Task) -> Iterator[Finding]:
    if len(task.measures) < 2:
        return
    seen: set[str] = set()
    for measure in task.measures:
        words = measure.text.rstrip("。；;")
        if len(words) >= _SHORTEST and words in seen:
            yield Finding("duplicated-text", measure.span, {"was": words, "read": words})
        seen.add(words)


# --- numbers -------------------------------------------------------------------------------------------


def _numbers(reading: Reading, nodes: list[Node], plan: Plan) -> Iterator[Finding]:
    """Gaps and repetitions, list by list; a list may run on through several chapters."""
    last: dict[str, tuple[int, str, int | None]] = {}
    for node in nodes:
        value, printed = node.mark.value, node.mark.printed
        before = last.get(node.mark.style)
        last[node.mark.style] = (value, printed, node.parent)
        if before is None or value == before[0] + 1 or (value == 1 and before[2] != node.parent):
            continue
        if node.mark.style == "arabic-dotted" and value == 1:
            continue  # 2.1 begins a list of its own.
        span = reading.span(node.start, node.text_start)
        if value == before[0]:
            yield Finding("number-repeated", span, {"number": printed})
        elif value > before[0] or before[2] == node.parent:
            yield Finding("number-gap", span, {"before": before[1], "after": printed})
    rows = [task for task in plan.tasks if task.rule == "table.row" and (task.number or "").isdigit()]
    for one, two in pairwise(rows):
        first, second = int(one.number or 0), int(two.number or 0)
        if second not in (first + 1, 1):
            span = Span(two.span.start, min(two.span.start + len(two.number or ""), two.span.end))
            code = "number-repeated" if second == first else "number-gap"
            yield Finding(code, span, {"number": str(second), "before": str(first), "after": str(second)})


# --- lists of bodies -----------------------------------------------------------------------------------

_SEPARATORS = "、,，;；/"
# Separators behind the last name of a list. Sample: 、
_TRAILING = re.compile(rf"[{_SEPARATORS}]+(?=\s*(?:\n|$|[）)\]】|]))")
# Two separators with nothing between them. Sample: 、、
_DOUBLE = re.compile(rf"[{_SEPARATORS}]\s*[{_SEPARATORS}]")


def _lists(plan: Plan) -> Iterator[Finding]:
    for task in plan.tasks:
        for side in (task.leads, task.responsibles):
            if side:
                yield from _separators(plan.text, side)


def _separators(text: str, side: tuple[BodyMention, ...]) -> Iterator[Finding]:
    """Separators that part nothing; commas and enumeration commas in one list."""
    end = side[-1].span.end
    behind = _TRAILING.match(text, end)
    if behind:
        yield Finding("stray-separator", Span(end, behind.end()), {"was": near(text, end, behind.end())})
    if "、".join([mention.printed for mention in side]) == text[side[0].span.start : end]:
        return  # As nearly all lists are.
    kinds: dict[str, tuple[BodyMention, BodyMention]] = {}
    for one, two in pairwise(side):
        start, stop = one.span.end, two.span.start
        between = text[start:stop]
        if between == "、":
            kinds.setdefault(between, (one, two))
            continue
        if len(between) > 1 and _DOUBLE.search(between):
            yield Finding("stray-separator", Span(start, stop), {"was": near(text, start, stop)})
        # A comma may set off a collective: "区司法局,各镇、街道".
        separator = between.strip()
        if separator == "、" or (len(separator) == 1 and separator in _SEPARATORS and two.name[0] != "各"):
            kinds.setdefault(separator, (one, two))
    if len(kinds) > 1:
        _, (one, two) = list(kinds.items())[-1]
        span = Span(one.span.end, two.span.start)
        yield Finding("mixed-separator", span, {"was": text[one.span.start : two.span.end]})


def _unknown_bodies(plan: Plan) -> Iterator[Finding]:
    """Names that the lexicon does not know, each once, with the names that are nearest."""
    mentions: dict[str, BodyMention] = {}
    for task in plan.tasks:
        for mention in (*task.leads, *task.responsibles):
            mentions.setdefault(mention.name, mention)
    unknown = {}
    known = []
    for name, mention in mentions.items():
        if mention.collective or _is_known(name):
            known.append(name)
        else:
            unknown[name] = mention
    for name, mention in unknown.items():
        yield Finding("unknown-organization", mention.span, {"name": name}, _nearest(name, known))


@lru_cache(maxsize=16384)
def _is_known(name: str) -> bool:
    """Whether the lexicon knows a name in the document's own characters."""
    return line_of(Reading.of(name).view) is not None


# A level that opens a name. Sample: 区
_LEVEL = re.compile("国家|省|自治区|市|州|盟|区|县|旗|镇|乡")


def _nearest(name: str, known: list[str]) -> tuple[str, ...]:
    from rapidfuzz import fuzz, process  # loaded only for a text with unknown names: it costs start-up time

    level = _LEVEL.match(name)
    choices = dict.fromkeys((*known, *_names_of_level(level.group() if level else "")))
    best = process.extract(name, list(choices), scorer=fuzz.ratio, limit=3, score_cutoff=60)
    return tuple(choice for choice, _, _ in best) if best else ()


@lru_cache(maxsize=16)
def _names_of_level(level: str) -> tuple[str, ...]:
    """The names of the lexicon as bodies of a level bear them."""
    return tuple(level + stem for stem in names() if len(stem) > 2)


# --- tasks ---------------------------------------------------------------------------------------------


def _unassigned(plan: Plan) -> Iterator[Finding]:
    for task in plan.tasks:
        number = task.number or task.title or task.text[:8]
        head = Span(task.span.start, min(task.span.start + max(len(task.number or ""), 1), task.span.end))
        if not task.leads and not task.responsibles:
            yield Finding("no-organization", head, {"number": number})
        elif not task.leads:
            yield Finding("no-lead", head, {"number": number}, tuple(m.name for m in task.responsibles[:5]))
        for deadline in task.deadlines:
            if deadline.kind == "vague":
                yield Finding("vague-deadline", deadline.span, {"number": number, "quote": deadline.quote})
