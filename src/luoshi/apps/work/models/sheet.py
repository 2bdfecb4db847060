"""A workbook of reports that was filled in elsewhere and waits to be taken over."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SheetUpload(models.Model):
    """The rows of one workbook, and what they would do as it was last shown to a person.

    Attributes:
        rows: the number of each row and its cells by column.
        report: faults and changes as `luoshi.apps.work.operations.sheet` writes them.
        outcome: what was done with it; empty until then.
    """

    class Outcome(models.TextChoices):
        SAVED = "saved", _("已存为草稿")
        SUBMITTED = "submitted", _("已提交")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    name = models.CharField(_("文件名"), max_length=255)
    rows = models.JSONField(default=list)
    report = models.JSONField(default=dict)
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("报送表格导入")
        ordering: ClassVar = ["-at", "id"]
        indexes: ClassVar = [models.Index(fields=["by", "at"], name="sheet_upload_by_person")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(outcome="", applied_at=None)
                | models.Q(outcome__in=["saved", "submitted"], applied_at__isnull=False),
                name="sheet_upload_outcome_has_time",
            )
        ]

    def __str__(self) -> str:
        return self.name
