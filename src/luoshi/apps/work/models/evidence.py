"""Evidence: files of a body, kept once however often they are used."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.apps.work.models.report import Report


class Blob(models.Model):
    """The bytes of a file, by their SHA-256; the same bytes are stored once."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    content = models.BinaryField()

    class Meta:
        verbose_name = _("文件内容")
        ordering: ClassVar = ["sha256"]

    def __str__(self) -> str:
        return self.sha256


class Evidence(models.Model):
    """A file that a body has given. A newer version names the one it `replaces`.

    `media` is what the content is, not what the name says. After `expires_on` it no longer proves anything.
    """

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    body = models.ForeignKey(
        "organization.Body", models.PROTECT, verbose_name=_("单位"), related_name="evidence"
    )
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="uses")
    name = models.CharField(_("文件名"), max_length=255)
    media = models.CharField(_("类型"), max_length=100)
    size = models.PositiveBigIntegerField(_("大小"))
    note = models.CharField(_("说明"), max_length=200, blank=True)
    expires_on = models.DateField(_("有效期至"), null=True, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, verbose_name=_("替换"), related_name="replaced_by"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("上传时间"))

    class Meta:
        verbose_name = _("佐证材料")
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["region", "body", "at"], name="evidence_by_body"),
            models.Index(fields=["body", "blob"], name="evidence_by_content"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="evidence_has_a_name"),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(replaces=F("id")), name="evidence_replaces_another"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class EvidenceUse(models.Model):
    """That a report rests on a file; kept in step with the newest revision of the report."""

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, models.CASCADE, related_name="evidence_uses")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="evidence_uses")

    class Meta:
        verbose_name = _("佐证材料使用")
        ordering: ClassVar = ["report", "evidence"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "evidence"], name="evidence_use_once")
        ]

    def __str__(self) -> str:
        return f"{self.evidence} {self.report}"
