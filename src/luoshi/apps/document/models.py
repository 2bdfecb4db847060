"""Documents as they came and as they were read."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# Columns that may hold megabytes. Lists never load them; whoever needs one names it.
HEAVY = ("content", "original", "text", "anatomy")


def heavy(path: str) -> list[str]:
    """The same columns of a document that a query joins, to be deferred there.

    Example:
        >>> heavy("plan__document")[0]
        'plan__document__content'
    """
    return [f"{path}__{column}" for column in HEAVY]


class StoredDocumentManager(models.Manager["StoredDocument"]):
    def get_queryset(self) -> models.QuerySet[StoredDocument]:
        return super().get_queryset().defer(*HEAVY)


class StoredDocument(models.Model):
    """A document as it came, and as it was read.

    `anatomy` is the compressed JSON of `luoshi.apps.document.anatomy`: the blocks of the clean text, the
    place of every character in the file, and the damage that cleaning saw.
    """

    region = models.ForeignKey(
        "organization.Region", models.PROTECT, verbose_name=_("地区"), related_name="+"
    )
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    name = models.CharField(_("文件名"), max_length=255)
    format = models.CharField(_("格式"), max_length=10)
    size = models.PositiveBigIntegerField(_("字节数"))
    content = models.BinaryField(_("原文件"))
    original = models.TextField(_("清理前文字"), blank=True)
    text = models.TextField(_("清理后文字"))
    length = models.PositiveIntegerField(_("清理后字数"))
    anatomy = models.BinaryField(_("结构与位置"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("上传人"), related_name="+"
    )
    uploaded_at = models.DateTimeField(_("上传时间"))

    objects = StoredDocumentManager()

    class Meta:
        verbose_name = _("文件")
        ordering: ClassVar = ["-uploaded_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "sha256"], name="document_unique_in_region"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="document_sha256_hex"),
            models.CheckConstraint(condition=~Q(name=""), name="document_name_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name


class StoredPassage(models.Model):
    """A part of a document's clean text with its blocks: what a page draws at once."""

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    document = models.ForeignKey(StoredDocument, models.CASCADE, related_name="passages")
    position = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    blocks = models.JSONField(default=list)

    class Meta:
        verbose_name = _("段落组")
        ordering: ClassVar = ["document", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "document", "position"], name="passage_position"),
            models.CheckConstraint(condition=Q(start__lte=models.F("end")), name="passage_span"),
        ]

    def __str__(self) -> str:
        return f"{self.start}-{self.end}"
