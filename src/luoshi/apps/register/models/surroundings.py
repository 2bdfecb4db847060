"""What belongs to an entry: its files, what its maker has not sent yet, and the receipt of who filed it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.apps.register.models.entry import Entry


class EntryFile(models.Model):
    """A file for a field of an entry. Before the step that brings it is taken it belongs to none.

    `token` is how a form names it; it cannot be guessed. `by` is empty for a file from outside.
    """

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, models.CASCADE, null=True, related_name="files")
    mechanism = models.CharField(max_length=60)
    field = models.CharField(max_length=60)
    token = models.CharField(max_length=43, unique=True)
    blob = models.ForeignKey("work.Blob", models.PROTECT, related_name="+")
    name = models.CharField(_("文件名"), max_length=255)
    media = models.CharField(_("类型"), max_length=100)
    size = models.PositiveBigIntegerField(_("大小"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("上传时间"))

    class Meta:
        verbose_name = _("条目附件")
        ordering: ClassVar = ["entry", "id"]

    def __str__(self) -> str:
        return self.name


class Draft(models.Model):
    """A form that somebody has begun: what they typed, as they typed it. One a person and step."""

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    mechanism = models.CharField(max_length=60)
    entry = models.ForeignKey(Entry, models.CASCADE, null=True, related_name="+")
    body = models.ForeignKey("organization.Body", models.CASCADE, related_name="+")
    transition = models.CharField(max_length=60)
    values = models.JSONField(default=dict)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("草稿")
        ordering: ClassVar = ["-changed_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["user", "mechanism"], name="draft_of_person")]

    def __str__(self) -> str:
        return f"{self.mechanism} {self.transition}"


class Receipt(models.Model):
    """How somebody outside finds what they filed: a number that says nothing, and a code that is not kept.

    Attributes:
        number: printed on the receipt.
        code: the hash of the code; the code itself was shown once.
        failures: wrong codes in a row; too many close the receipt for a while, until `closed_until`.
    """

    entry = models.OneToOneField(Entry, models.CASCADE, related_name="receipt")
    number = models.CharField(max_length=24, unique=True)
    code = models.CharField(max_length=200)
    failures = models.PositiveSmallIntegerField(default=0)
    closed_until = models.DateTimeField(null=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("回执")
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return self.number
