"""Days on which a region works otherwise than the national schedule says."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RegionDay(models.Model):
    """A day that is worked, or not, whatever the national schedule says."""

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    day = models.DateField(_("日期"))
    working = models.BooleanField(_("上班"))
    reason = models.CharField(_("事由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("工作日调整")
        ordering: ClassVar = ["region", "day"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "day"], name="region_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {_('上班') if self.working else _('放假')}"


class RegionYear(models.Model):
    """A year whose whole schedule the office has entered, because the package does not carry it yet."""

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年份"))

    class Meta:
        verbose_name = _("已录入年份")
        ordering: ClassVar = ["region", "year"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "year"], name="region_year_once"),
            models.CheckConstraint(condition=Q(year__range=(1990, 2199)), name="region_year_countable"),
        ]

    def __str__(self) -> str:
        return str(self.year)
