"""The work as rows: issue, assignments, occurrences, reports in revisions, evidence."""

from luoshi.apps.work.models.assignment import Adjustment, Assignment, Extension, Occurrence
from luoshi.apps.work.models.evidence import Blob, Evidence, EvidenceUse
from luoshi.apps.work.models.issue import Issue, ReportingRule
from luoshi.apps.work.models.report import BodySetting, Editor, Report, Revision, Stance
from luoshi.apps.work.models.sheet import SheetUpload

__all__ = [
    "Adjustment",
    "Assignment",
    "Blob",
    "BodySetting",
    "Editor",
    "Evidence",
    "EvidenceUse",
    "Extension",
    "Issue",
    "Occurrence",
    "Report",
    "ReportingRule",
    "Revision",
    "SheetUpload",
    "Stance",
]
