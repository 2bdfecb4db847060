"""A plan as plain data, and back: the shape that `luoshi read --format json` prints.

The shape is `luoshi.plan/1`. Keys stand in a fixed order, spans are `[start, end]` in characters of `text`,
and a number to reach is a JSON number. What the shape does not hold is lost on the way there and back:
the names of rules, the places of metadata, the date of publication and the validity.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from luoshi.core.errors import LuoshiError
from luoshi.core.plan.findings import KINDS, message, severity
from luoshi.core.plan.model import (
    BodyMention,
    Citation,
    Convention,
    Deadline,
    Finding,
    Measure,
    Metadata,
    Plan,
    Section,
    Target,
    Task,
)
from luoshi.core.source import Span

SCHEMA = "luoshi.plan/1"

# Characters that JSON may hold raw but that part lines for many programs (so that a line of jsonl would
# become two) or that UTF-8 cannot write. Sample: the line separator U+2028.
UNSAFE_IN_A_LINE = re.compile("[\u007f-\u009f\u2028\u2029\ud800-\udfff]")

# A list of two numbers that the indenting printer has spread over four lines. A line feed inside a string is
# always escaped, so only lists can match. Sample: "[\n    3,\n    9\n  ]" becomes "[3, 9]".
SPREAD_SPAN = re.compile(r"\[\n\s+(\d+),\n\s+(\d+)\n\s+\]")

# A field of a message template. Sample: the "{number}" of "Task {number} names no body."
TEMPLATE_FIELD = re.compile(r"\{(\w+)\}")


class NotAPlan(LuoshiError):
    """Data that is no plan of the shape `luoshi.plan/1`."""

    code = "plan-unknown-shape"
    zh = "这不是 luoshi.plan/1 格式的方案数据({where});请用“luoshi read --format json”重新生成。"
    en = (
        "This is no plan in the shape luoshi.plan/1 ({where}); make it anew with “luoshi read --format json”."
    )


# --- there --------------------------------------------------------------------------------------------


def plan_to_dict(plan: Plan, language: str = "zh") -> dict[str, Any]:
    """The plan as dictionaries, lists, strings and numbers, in stable key order.

    Args:
        plan: what was read.
        language: `zh` or `en`, for the messages of findings.

    Example:
        >>> plan = Plan(Metadata(file="a.txt"), "一、加强普法。", (), (), (), ())
        >>> list(plan_to_dict(plan))
        ['schema', 'document', 'text', 'conventions', 'sections', 'tasks', 'findings']
    """
    return {
        "schema": SCHEMA,
        "document": _document(plan.metadata),
        "text": plan.text,
        "conventions": [{"kind": c.kind, "span": _span(c.span), "quote": c.quote} for c in plan.conventions],
        "sections": [
            {
                "id": section.id,
                "number": section.number,
                "title": section.title,
                "level": section.level,
                "parent": section.parent,
                "span": _span(section.span),
            }
            for section in plan.sections
        ],
        "tasks": [_task(task) for task in plan.tasks],
        "findings": [
            {
                "code": finding.code,
                "severity": severity(finding),
                "message": message(finding, language),
                "span": _span(finding.span),
                "candidates": list(finding.candidates),
            }
            for finding in plan.findings
        ],
    }


def plan_to_json(plan: Plan, language: str = "zh", *, pretty: bool = False) -> str:
    """The plan as JSON without a final line feed: one line, or indented with each span on one line.

    No character in it ends a line for any program, and all of it can be written as UTF-8.
    """
    return dict_to_json(plan_to_dict(plan, language), pretty=pretty)


def dict_to_json(data: object, *, pretty: bool = False) -> str:
    """Plain data as JSON, written as `plan_to_json` writes a plan."""
    if pretty:
        text = SPREAD_SPAN.sub(r"[\1, \2]", json.dumps(data, ensure_ascii=False, indent=2))
    else:
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return UNSAFE_IN_A_LINE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def number(value: Decimal) -> int | float:
    """The value as a JSON number: whole numbers without a point, others exact up to 15 digits.

    Example:
        >>> number(Decimal("100.0")), number(Decimal("99.5"))
        (100, 99.5)
    """
    return int(value) if value == value.to_integral_value() else float(value)


def _document(metadata: Metadata) -> dict[str, Any]:
    return {
        "file": metadata.file,
        "format": metadata.format,
        "sha256": metadata.sha256,
        "title": metadata.title,
        "issuer": metadata.issuer,
        "document_number": metadata.document_number,
        "index_number": metadata.index_number,
        "date": metadata.date,
        "recipients": list(metadata.recipients),
    }


def _task(task: Task) -> dict[str, Any]:
    return {
        "id": task.id,
        "number": task.number,
        "title": task.title,
        "section": task.section,
        "parent": task.parent,
        "text": task.text,
        "span": _span(task.span),
        "leads": [_body(body) for body in task.leads],
        "responsibles": [_body(body) for body in task.responsibles],
        "measures": [{"text": measure.text, "span": _span(measure.span)} for measure in task.measures],
        "targets": [_target(target) for target in task.targets],
        "deadlines": [
            {"quote": due.quote, "span": _span(due.span), "kind": due.kind, "value": due.value}
            for due in task.deadlines
        ],
        "citations": [{"title": cited.title, "span": _span(cited.span)} for cited in task.citations],
    }


def _body(body: BodyMention) -> dict[str, Any]:
    return {
        "name": body.name,
        "printed": body.printed,
        "span": _span(body.span),
        "collective": body.collective,
    }


def _target(target: Target) -> dict[str, Any]:
    return {
        "quote": target.quote,
        "span": _span(target.span),
        "comparator": target.comparator,
        "value": number(target.value),
        "unit": target.unit,
        "of": target.of,
        "per": target.per,
        "by": target.by,
    }


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


# --- and back -----------------------------------------------------------------------------------------


def plan_from_dict(data: Mapping[str, Any]) -> Plan:
    """The plan that `plan_to_dict` made `data` from, as far as `data` holds it.

    The details of a finding are read out of its message, in whichever language that is.

    Raises:
        NotAPlan: if a part is missing or is not what the shape says.
    """
    if not isinstance(data, Mapping) or data.get("schema") != SCHEMA:
        raise NotAPlan(where="schema")
    try:
        return _plan(data)
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        raise NotAPlan(where=f"{type(error).__name__}: {error}") from error


def _plan(data: Mapping[str, Any]) -> Plan:
    document = dict(data["document"])
    document["recipients"] = tuple(document["recipients"])
    return Plan(
        metadata=Metadata(**document),
        text=data["text"],
        conventions=tuple(
            Convention(row["kind"], _to_span(row["span"]), row["quote"]) for row in data["conventions"]
        ),
        sections=tuple(Section(**_spanned(row)) for row in data["sections"]),
        tasks=tuple(_to_task(row) for row in data["tasks"]),
        findings=tuple(
            Finding(
                row["code"],
                _to_span(row["span"]),
                details_of(row["code"], row["message"]),
                tuple(row["candidates"]),
            )
            for row in data["findings"]
        ),
    )


def _to_task(row: Mapping[str, Any]) -> Task:
    values = _spanned(row)
    for role in ("leads", "responsibles"):
        values[role] = tuple(BodyMention(**_spanned(body), rule="") for body in row[role])
    values["measures"] = tuple(Measure(**_spanned(measure)) for measure in row["measures"])
    values["targets"] = tuple(_to_target(target) for target in row["targets"])
    values["deadlines"] = tuple(Deadline(**_spanned(due), rule="") for due in row["deadlines"])
    values["citations"] = tuple(Citation(**_spanned(cited)) for cited in row["citations"])
    return Task(**values)


def _to_target(row: Mapping[str, Any]) -> Target:
    values = _spanned(row)
    values["value"] = Decimal(str(row["value"]))
    return Target(**values, rule="")


def _spanned(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "span": _to_span(row["span"])}


def _to_span(pair: Sequence[int]) -> Span:
    start, end = pair
    return Span(start, end)


def details_of(code: str, sentence: str) -> dict[str, str]:
    """The details that give this message for a finding of this code.

    Example:
        >>> details_of("number-gap", "编号不连续：14之后是21。")
        {'before': '14', 'after': '21'}

    Raises:
        NotAPlan: if no finding has this code, or its message never reads like this.
    """
    kind = KINDS.get(code)
    for template in (kind.zh, kind.en) if kind else ():
        match = _template_pattern(template).fullmatch(sentence)
        if match:
            return match.groupdict()
    raise NotAPlan(where=f"{code}: {sentence}")


def _template_pattern(template: str) -> re.Pattern[str]:
    """A pattern for every sentence that the template can give, with one group a field."""
    parts, seen = [], set[str]()
    for index, part in enumerate(TEMPLATE_FIELD.split(template)):
        if index % 2 == 0:
            parts.append(re.escape(part))
        elif part in seen:
            parts.append(f"(?P={part})")
        else:
            seen.add(part)
            parts.append(f"(?P<{part}>.*)")
    return re.compile("".join(parts), re.DOTALL)
