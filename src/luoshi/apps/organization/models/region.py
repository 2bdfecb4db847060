"""Regions: what a registry, a plan and every row of them belongs to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Region(models.Model):
    """An administrative region, by its code in GB/T 2260 (6 digits) or GB/T 10114 (9 or 12 digits)."""

    class Level(models.IntegerChoices):
        COUNTRY = 0, _("国家")
        PROVINCE = 1, _("省级")
        CITY = 2, _("市级")
        COUNTY = 3, _("县级")
        TOWNSHIP = 4, _("乡级")
        VILLAGE = 5, _("村级")

    code = models.CharField(_("代码"), max_length=12, primary_key=True)
    name = models.CharField(_("名称"), max_length=100)
    level = models.PositiveSmallIntegerField(_("级别"), choices=Level)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("上级地区"), related_name="children"
    )

    class Meta:
        verbose_name = _("地区")
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{6}([0-9]{3}){0,2}$"), name="region_code_digits"
            ),
            models.CheckConstraint(condition=Q(level__range=(0, 5)), name="region_level_known"),
            models.CheckConstraint(condition=~Q(parent=F("code")), name="region_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name
