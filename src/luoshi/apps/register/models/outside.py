"""What people outside leave besides their entries: how often they tried, and what they want put right."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.apps.register.models.entry import Entry


class Tally(models.Model):
    """How often something was tried within a stretch of time.

    `key` is a keyed hash of an address, of a number or of a question: nobody is told from it.
    """

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    window = models.BigIntegerField()
    count = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("尝试次数")
        ordering: ClassVar = ["kind", "key", "window"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "key", "window"], name="tally_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.count}"


class Correction(models.Model):
    """What somebody who filed an entry wants to have put right in what is kept about them.

    Attributes:
        words: what is wrong and what is right; emptied with the other personal data.
        answer: what the body that holds the entry said; a refusal has to say why.
    """

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="corrections")
    words = models.TextField(_("更正请求"))
    at = models.DateTimeField(_("提出时间"))
    made = models.BooleanField(_("已更正"), null=True)
    answer = models.TextField(_("答复"), blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("更正请求")
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["entry"], condition=Q(answered_at=None), name="correction_open"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.at}"
