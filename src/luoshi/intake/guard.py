"""A file on disk becomes a document and a plan, or one clear error."""

from __future__ import annotations

from pathlib import Path

from luoshi.core.document.limits import Limits
from luoshi.core.document.model import Document
from luoshi.core.document.open import open_document
from luoshi.core.plan.model import Plan
from luoshi.core.plan.read import read_plan


def read_file(path: Path, limits: Limits = Limits()) -> tuple[Document, Plan]:  # noqa: B008 (frozen)
    """The document in the file and the plan that it holds."""
    document = open_document(path.read_bytes(), path.name, limits)
    return document, read_plan(document)
