"""What becomes of a file that a job has read: a plan here, and what other apps register."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luoshi.apps.plan.models import ImportJob
from luoshi.apps.plan.models.job import PLAN
from luoshi.apps.plan.operations.storing import import_document
from luoshi.core.document.model import Document
from luoshi.core.plan import model as core


@dataclass(frozen=True, slots=True)
class Reading:
    """What becomes of a file.

    Attributes:
        store: takes the job, the document, what was read in it, its bytes and the time, inside the job's
            transaction; gives back the fields of the job that it settles.
        address: of the page with what was made, of a finished job; empty where there is none.
        steps: words for storing, and for what a person does then.
        back: address of the page from which the file was sent.
    """

    store: Callable[[ImportJob, Document, core.Plan, bytes, datetime], dict[str, Any]]
    address: Callable[[ImportJob], str]
    steps: tuple[Promise, Promise]
    back: Callable[[ImportJob], str]


def _store_plan(
    job: ImportJob, document: Document, plan: core.Plan, content: bytes, at: datetime
) -> dict[str, Any]:
    stored = import_document(
        region=job.region_id, document=document, plan=plan, content=content, by=job.by, at=at
    )
    return {"plan": stored}


READINGS = {
    PLAN: Reading(
        store=_store_plan,
        address=lambda job: reverse("plan:review", args=[job.plan_id]) if job.plan_id is not None else "",
        steps=(_("存入方案"), _("进入核对")),
        back=lambda job: reverse("plan:upload"),
    )
}


def register(purpose: str, reading: Reading) -> None:
    """Let jobs of a purpose become something else than a plan."""
    READINGS[purpose] = reading
