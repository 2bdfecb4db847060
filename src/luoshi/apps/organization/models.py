from __future__ import annotations

from typing import ClassVar

from django.conf import settings
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


class Body(models.Model):
    """An organization that a plan can name: a department, a committee, a court, or a group of them.

    A *collective* (各镇, 区直各部门) stands for members that the plan does not list.
    """

    class Line(models.TextChoices):
        PARTY = "party", _("党委")
        GOVERNMENT = "government", _("政府")
        CONGRESS = "congress", _("人大")
        CONSULTATIVE = "consultative", _("政协")
        COURT = "court", _("法院")
        PROCURATORATE = "procuratorate", _("检察院")
        MASS = "mass", _("群团")
        VERTICAL = "vertical", _("垂直管理")
        TOWNSHIP = "township", _("镇街园区")
        ENTERPRISE = "enterprise", _("企业")
        INSTITUTION = "institution", _("事业单位")
        LEADING_GROUP = "leading-group", _("议事协调机构")
        OTHER = "other", _("其他")

    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("地区"), related_name="bodies")
    name = models.CharField(_("名称"), max_length=200)
    short_name = models.CharField(_("简称"), max_length=200, blank=True)
    line = models.CharField(_("系统"), max_length=20, choices=Line, default=Line.OTHER)
    is_collective = models.BooleanField(_("统称"), default=False)
    active_from = models.DateField(_("设立日期"), null=True, blank=True)
    active_to = models.DateField(_("撤销日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("单位")
        ordering: ClassVar = ["region", "name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "name"], name="body_name_unique_in_region"),
            models.CheckConstraint(condition=~Q(name=""), name="body_name_not_empty"),
            models.CheckConstraint(
                condition=Q(
                    line__in=[
                        "party",
                        "government",
                        "congress",
                        "consultative",
                        "court",
                        "procuratorate",
                        "mass",
                        "vertical",
                        "township",
                        "enterprise",
                        "institution",
                        "leading-group",
                        "other",
                    ]
                ),
                name="body_line_known",
            ),
            models.CheckConstraint(
                condition=Q(active_from=None) | Q(active_to=None) | Q(active_from__lte=F("active_to")),
                name="body_active_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BodyAlias(models.Model):
    """Another name under which plans know a body. Within a region a name means one body."""

    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("地区"), related_name="+")
    body = models.ForeignKey(Body, models.CASCADE, verbose_name=_("单位"), related_name="aliases")
    name = models.CharField(_("别名"), max_length=200)

    class Meta:
        verbose_name = _("单位别名")
        ordering: ClassVar = ["region", "name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "name"], name="alias_unique_in_region"),
            models.CheckConstraint(condition=~Q(name=""), name="alias_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """What a user may do in a region; with a body, only for that body."""

    class Name(models.TextChoices):
        OFFICE = "office", _("统筹协调机构")
        READER = "reader", _("查阅人员")

    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("地区"), related_name="roles")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("用户"), related_name="plan_roles"
    )
    body = models.ForeignKey(
        Body, models.CASCADE, null=True, blank=True, verbose_name=_("单位"), related_name="roles"
    )
    name = models.CharField(_("角色"), max_length=20, choices=Name)

    class Meta:
        verbose_name = _("角色")
        ordering: ClassVar = ["region", "user", "name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["region", "user", "name"], condition=Q(body=None), name="role_granted_once_in_region"
            ),
            models.UniqueConstraint(
                fields=["region", "user", "name", "body"],
                condition=Q(body__isnull=False),
                name="role_granted_once_for_body",
            ),
            models.CheckConstraint(condition=Q(name__in=["office", "reader"]), name="role_name_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_name_display()} {self.region_id}"
