"""What was damaged or doubtful in a plan, for a person to settle.

Everything that was read in only one possible way is reported as a note; everything that may be wrong as a
warning; what must not go out unsettled as an error (see `luoshi.core.plan.findings`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from luoshi.core.document.model import Document
from luoshi.core.plan.findings import WEIGHT, severity
from luoshi.core.plan.lexicon import line_of, names
from luoshi.core.plan.model import BodyMention, Finding, Plan, Task
from luoshi.core.plan.outline import Node
from luoshi.core.plan.reading import Reading
from luoshi.core.source import Span

# How much of the neighbourhood a finding quotes, in characters.
_AROUND = 12


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
        *_garbled(reading),
        *_quotes(plan.text),
        *_repetitions(plan),
        *_numbers(reading, nodes, plan),
        *_lists(plan),
        *_unknown_bodies(plan),
        *_unassigned(plan),
        *_truncated(plan.text),
    ]
    return sorted(found, key=lambda one: (WEIGHT[severity(one)], one.span, one.code))


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


# --- the text ------------------------------------------------------------------------------------------

# Characters that no text means: replacement signs, private use, the marks of a twice-wrong encoding. Sample: 锟斤拷
_GARBLED = re.compile(r"[\ufffd\ue000-\uf8ff]+|(?:锟斤拷|烫烫烫|屯屯屯)+")


def _garbled(reading: Reading) -> Iterator[Finding]:
    for found in _GARBLED.finditer(reading.text):
        yield Finding("garbled-text", Span(*found.span()), {"was": _near(reading.text, *found.span())})
    for start, end in _lines_with_gaps(reading):
        span = reading.span(start, end)
        yield Finding("garbled-text", span, {"was": _near(reading.text, span.start, span.end)})


def _lines_with_gaps(reading: Reading) -> Iterator[tuple[int, int]]:
    """The first glossed character of each line: one finding a line is enough, glosses come in dozens."""
    line_end = -1
    for position, _ in reading.gaps:
        if position > line_end:
            yield max(position - 1, 0), position
            line_end = reading.view.find("\n", position)
            line_end = len(reading.view) if line_end < 0 else line_end


def _near(text: str, start: int, end: int) -> str:
    return text[max(start - _AROUND, 0) : end + _AROUND].replace("\n", "⏎").strip()


_PAIRS = {
    "”": "“",
    "’": "‘",
    "》": "《",
    "）": "（",
    ")": "(",
    "】": "【",
    "〕": "〔",
    "」": "「",
    "』": "『",
}
_MARK = re.compile("[" + re.escape("".join(_PAIRS) + "".join(_PAIRS.values())) + "\n]")
# A closing bracket that belongs to a number: 1) or 一）. Sample: 1)
_NUMBERING = re.compile(r"(?:^|[\n。;；、,，:：\s])[\d一二三四五六七八九十]{1,3}$")


def _quotes(text: str) -> Iterator[Finding]:
    """Quotation marks and brackets that do not match within their line."""
    opened: list[int] = []
    for found in _MARK.finditer(text):
        mark, at = found.group(), found.start()
        if mark == "\n":
            yield from (_mismatch(text, place) for place in opened)
            opened = []
        elif mark not in _PAIRS:
            if opened and text[opened[-1]] == mark and mark in "“‘":
                # “十四五“: the second mark was meant to close.
                yield _mismatch(text, at)
                opened.pop()
            else:
                opened.append(at)
        elif opened and _closes(text[opened[-1]], mark):
            opened.pop()
        elif mark not in "）)" or _NUMBERING.search(text[max(at - 5, 0) : at]) is None:
            yield _mismatch(text, at)
    yield from (_mismatch(text, place) for place in opened)


def _closes(opening: str, closing: str) -> bool:
    # Copies mix the two widths of round brackets; that is no mismatch.
    return _PAIRS[closing] == opening or (opening in "（(" and closing in "）)")


def _mismatch(text: str, at: int) -> Finding:
    return Finding("mismatched-quotes", Span(at, at + 1), {"was": _near(text, at, at + 1)})


# Words that stand twice in a row. Sample: 加强统筹协调加强统筹协调
_TWICE = re.compile(r"([一-鿿]{4,30})[、,，]?\1")


def _repetitions(plan: Plan) -> Iterator[Finding]:
    for found in _TWICE.finditer(plan.text):
        yield Finding("duplicated-text", Span(*found.span()), {"was": found.group(), "read": found.group()})
    for task in plan.tasks:
        for mention in (*task.leads, *task.responsibles):
            printed = "".join(mention.printed.split())
            if len(mention.name) < len(printed) and mention.printed not in ("同上", "同前"):
                details = {"was": printed, "read": mention.name}
                yield Finding("duplicated-text", mention.span, details, (mention.name, printed))
        yield from _repeated_sentences(task)


def _repeated_sentences(task: Task) -> Iterator[Finding]:
    seen: set[str] = set()
    for measure in task.measures:
        words = measure.text.rstrip("。；;")
        if len(words) >= 12 and words in seen:
            yield Finding("duplicated-text", measure.span, {"was": words, "read": words})
        seen.add(words)


# The end of a sentence or of a list. Sample: 。
_COMPLETE = re.compile(r"[。！？!?；;…：:](?:[”』」）)】\]〕*]*)$|[）)】\]〕》”|]$")


def _truncated(text: str) -> Iterator[Finding]:
    """A text that breaks off in the middle of a sentence."""
    end = len(text.rstrip())
    start = text.rfind("\n", 0, end) + 1
    line = text[start:end]
    if re.search(r"[，,。、]", line) is None or _COMPLETE.search(line) or _LIST_LINE.match(line):
        return
    yield Finding("truncated", Span(max(end - _AROUND, start), end), {"quote": line[-_AROUND:]})


# A line that ends with a list of bodies needs no point. Sample: 责任部门:区司法局
_LIST_LINE = re.compile(r"[\[【(（]?\s?[一-鿿]{2,8}[:：](?!.*[、,，]$)|抄送|附件|联系")


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


def _lists(plan: Plan) -> Iterator[Finding]:
    for task in plan.tasks:
        for side in (task.leads, task.responsibles):
            if side:
                yield from _stray_separators(plan.text, side)
                yield from _mixed_separators(plan.text, side)


def _stray_separators(text: str, side: tuple[BodyMention, ...]) -> Iterator[Finding]:
    end = side[-1].span.end
    behind = re.compile(rf"[{_SEPARATORS}]+(?=\s*(?:\n|$|[）)\]】|]))").match(text, end)
    if behind:
        yield Finding("stray-separator", Span(end, behind.end()), {"was": _near(text, end, behind.end())})
    for one, two in pairwise(side):
        between = text[one.span.end : max(two.span.start, one.span.end)]
        if re.search(rf"[{_SEPARATORS}]\s*[{_SEPARATORS}]", between):
            span = Span(one.span.end, two.span.start)
            yield Finding("stray-separator", span, {"was": _near(text, span.start, span.end)})


def _mixed_separators(text: str, side: tuple[BodyMention, ...]) -> Iterator[Finding]:
    """Commas and enumeration commas in one list, unless the comma sets off a collective ("…,各镇、街道")."""
    kinds: dict[str, tuple[BodyMention, BodyMention]] = {}
    for one, two in pairwise(side):
        between = text[one.span.end : max(two.span.start, one.span.end)].strip()
        if (
            len(between) == 1
            and between in _SEPARATORS
            and not (between in ",，;；" and two.name.startswith("各"))
        ):
            kinds.setdefault(between, (one, two))
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
        if mention.collective or line_of(Reading.of(name).view) is not None:
            known.append(name)
        else:
            unknown[name] = mention
    for name, mention in unknown.items():
        yield Finding("unknown-organization", mention.span, {"name": name}, _nearest(name, known))


def _nearest(name: str, known: list[str]) -> tuple[str, ...]:
    from rapidfuzz import fuzz, process  # loaded only for a text with unknown names: it costs start-up time

    level = re.match(r"国家|省|自治区|市|州|盟|区|县|旗|镇|乡", name)
    choices = [*known, *((level.group() if level else "") + stem for stem in names() if len(stem) > 2)]
    best = process.extract(name, list(dict.fromkeys(choices)), scorer=fuzz.ratio, limit=3, score_cutoff=60)
    return tuple(choice for choice, _, _ in best) if best else ()


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
