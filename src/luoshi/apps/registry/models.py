"""A workbook of the registry that was sent and waits to be taken over."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Upload(models.Model):
    """The rows of one workbook, and what they would do as it was last shown to a person.

    Attributes:
        rows: by sheet, the number of each row and its cells by column.
        report: changes, faults and effects as `luoshi.apps.registry.operations.importing` writes them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    name = models.CharField(_("文件名"), max_length=255)
    rows = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("单位名录导入")
        ordering: ClassVar = ["-at", "id"]
        indexes: ClassVar = [models.Index(fields=["region", "at"], name="upload_by_time")]

    def __str__(self) -> str:
        return self.name
