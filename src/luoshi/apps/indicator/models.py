"""What entries add to indicators, and the sums that are kept of it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

STANDING = date(1900, 1, 1)
"""The month of what belongs to no period: a venue that is in use, a document that is in force."""


class Addition(models.Model):
    """What one entry adds to one indicator, as `luoshi.core.indicator.contribution` says.

    `entry` is none once the entry has been destroyed: what was counted of it stays, and never changes again.
    """

    entry = models.ForeignKey("register.Entry", models.SET_NULL, null=True, related_name="additions")
    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    mechanism = models.CharField(max_length=60)
    indicator = models.CharField(max_length=60)
    body = models.ForeignKey("organization.Body", models.PROTECT, related_name="+")
    day = models.DateField(null=True)
    month = models.DateField()
    top = models.DecimalField(max_digits=24, decimal_places=6)
    base = models.DecimalField(max_digits=24, decimal_places=6)
    unclear = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("计入明细")
        ordering: ClassVar = ["entry", "indicator"]
        indexes: ClassVar = [
            models.Index(
                fields=["region", "mechanism", "indicator", "month", "body"], name="addition_by_cell"
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "indicator"], name="addition_once"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.indicator}"


class Cell(models.Model):
    """The sums of an indicator for a body and a month, changed in the transaction of each change."""

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    mechanism = models.CharField(max_length=60)
    indicator = models.CharField(max_length=60)
    body = models.ForeignKey("organization.Body", models.PROTECT, related_name="+")
    month = models.DateField()
    top = models.DecimalField(max_digits=24, decimal_places=6, default=0)
    base = models.DecimalField(max_digits=24, decimal_places=6, default=0)
    entries = models.PositiveIntegerField(default=0)
    unclear = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("指标合计")
        ordering: ClassVar = ["region", "mechanism", "indicator", "body", "month"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["region", "mechanism", "indicator", "body", "month"], name="cell_once"
            ),
            models.CheckConstraint(condition=Q(unclear__lte=F("entries")), name="cell_unclear_is_a_part"),
        ]

    def __str__(self) -> str:
        return f"{self.mechanism} {self.indicator} {self.body_id} {self.month}"
