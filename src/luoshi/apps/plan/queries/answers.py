"""What a finding says was read, and what else could be meant."""

from __future__ import annotations

from luoshi.apps.plan.models import Finding, Plan

# The metadata that a plan keeps and a person may correct.
METADATA = ("title", "issuer", "document_number", "index_number", "date", "published", "validity")


# Which detail of a finding holds the words as they were read; others tell of a few characters only.
_TOLD = {"unknown-organization": "name", "duplicated-text": "read", "broken-line": "read"}


def metadata_field(finding: Finding, plan: Plan) -> str:
    """The field of the metadata that a `metadata-conflict` is about; empty when that cannot be told.

    The finding names the field as the document labels it, so it is told by its value.
    """
    given = {str(finding.details.get("first", "")), str(finding.details.get("second", ""))} - {""}
    fields = [name for name in METADATA if plan.read.get(name) in given]
    return fields[0] if len(fields) == 1 else ""


def reading(finding: Finding, plan: Plan) -> str:
    """How the words at the finding were read; empty when the finding does not say."""
    if finding.code == "metadata-conflict":
        return str(plan.read.get(metadata_field(finding, plan), ""))
    return str(finding.details.get(_TOLD.get(finding.code, ""), ""))


def alternatives(finding: Finding, plan: Plan) -> list[str]:
    """The candidates other than what was read, which has a button of its own."""
    read = {reading(finding, plan), finding.quote if finding.code != "metadata-conflict" else None}
    return [candidate for candidate in finding.candidates if candidate not in read]
