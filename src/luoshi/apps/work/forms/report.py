"""What the form of a report sends."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import QueryDict

from luoshi.apps.plan.queries.wording import language
from luoshi.core.errors import LuoshiError
from luoshi.core.work.prefill import NOT_APPLICABLE, Value
from luoshi.core.work.values import share

WORDS = ("progress", "problems", "next_step", "help_needed")
LONGEST = 20_000


@dataclass(slots=True)
class ReportInput:
    """What was sent.

    Attributes:
        values: of every field; as typed where it could not be understood.
        base: number of the version that the person started from.
        errors: what could not be understood, by key of the field.
    """

    values: dict[str, Value]
    base: int
    errors: dict[str, str] = field(default_factory=dict)


def read_report(data: QueryDict) -> ReportInput:
    """The fields of a report from a form; a field that is not sent is empty."""
    sent = ReportInput({}, _number(data.get("base", "")))
    for key in WORDS:
        words = data.get(key, "").replace("\r\n", "\n")[:LONGEST]
        if words.strip():
            sent.values[key] = words
    if files := tuple(dict.fromkeys(key for key in data.getlist("evidence") if key.isdecimal())):
        sent.values["evidence"] = files
    if data.get("share_none"):
        sent.values["share_done"] = NOT_APPLICABLE
        return sent
    written = data.get("share_done", "")
    try:
        if (number := share(written)) is not None:
            sent.values["share_done"] = number
    except LuoshiError as error:
        sent.errors["share_done"] = error.message(language())
        sent.values["share_done"] = written
    return sent


def _number(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 9 else 0
