"""A text from above comes in: read beside the request as every other document is, then compared."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luoshi.apps.alignment.operations import refusals
from luoshi.apps.alignment.operations.comparing import compare
from luoshi.apps.document.operations import safe_name
from luoshi.apps.plan.models import ImportJob, Plan
from luoshi.apps.plan.operations.importing import request_reading
from luoshi.apps.plan.operations.reading import Reading
from luoshi.core.document.model import Document
from luoshi.core.plan import model

COMPARISON = "comparison"


def request_comparison(*, plan: Plan, name: str, content: bytes, by: User, at: datetime) -> ImportJob:
    """Ask for a plan to be put beside a file. It is read when the transaction is through.

    Raises:
        ItsOwnText: it is the document of the plan.
        TooLarge: the file is over the limit.
    """
    if hashlib.sha256(content).hexdigest() == plan.document.sha256:
        raise refusals.ItsOwnText(file=safe_name(name))
    return request_reading(purpose=COMPARISON, about=plan, name=name, content=content, by=by, at=at)


def _store(
    job: ImportJob, document: Document, read: model.Plan, content: bytes, at: datetime
) -> dict[str, Any]:
    assert job.about is not None  # noqa: S101 - held by a constraint of the database
    assert job.by is not None  # noqa: S101 - asked for by a person, see above
    made = compare(plan=job.about, document=document, read=read, content=content, by=job.by, at=at)
    return {"result": made.pk}


READING = Reading(
    store=_store,
    address=lambda job: reverse("alignment:comparison", args=[job.result]),
    steps=(_("逐条对照"), _("查看结果")),
    back=lambda job: reverse("alignment:comparisons", args=[job.about_id]),
)
