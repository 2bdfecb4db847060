"""What the form of a report sends."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from luoshi.apps.document.operations import safe_name
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.work.operations.report_refusals import EvidenceTooLarge
from luoshi.core.errors import LuoshiError
from luoshi.core.work.prefill import NOT_APPLICABLE, Value
from luoshi.core.work.values import share

WORDS = ("progress", "problems", "next_step", "help_needed")
LONGEST = 20_000
MEGABYTE = 1024 * 1024


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


def content_of(file: UploadedFile) -> bytes:
    """The bytes of an uploaded file, not even read when there are too many of them.

    Raises:
        EvidenceTooLarge: it is larger than this installation takes.
    """
    limit, size = settings.LUOSHI_EVIDENCE_BYTES, file.size or 0
    if size > limit:
        name = safe_name(file.name or "")
        raise EvidenceTooLarge(name=name, size=f"{size / MEGABYTE:.1f}", limit=f"{limit / MEGABYTE:g}")
    return bytes(file.read())


def _number(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 9 else 0
