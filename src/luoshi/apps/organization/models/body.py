"""Bodies, the names they go by and have gone by, and what became of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.apps.organization.models.region import Region
from luoshi.core.roster import Period


def days_in_order(start: str, end: str) -> Q:
    """The condition that the day `end` is not before the day `start`; either may be open."""
    return Q(**{start: None}) | Q(**{end: None}) | Q(**{f"{start}__lte": F(end)})


class Body(models.Model):
    """An organization that a plan can name: a department, a court, a community, or a group of them.

    A body of the kind *group* (各镇, 区直各部门) exists in name only and stands for its members. A leading
    group is a body of its own and has members as well. `version` rises with every change; who saves names
    the version they saw.
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

    class Kind(models.TextChoices):
        ORGAN = "organ", _("机关部门")
        LEADING_GROUP = "leading-group", _("议事协调机构")
        TOWN = "town", _("镇、乡")
        STREET = "street", _("街道")
        PARK = "park", _("园区")
        COMMUNITY = "community", _("社区")
        VILLAGE = "village", _("村")
        SCHOOL = "school", _("学校")
        INSTITUTION = "institution", _("事业单位")
        ENTERPRISE = "enterprise", _("企业")
        SOCIAL = "social", _("社会组织")
        GROUP = "group", _("统称")
        OTHER = "other", _("其他")

    # Kinds that have members.
    WITH_MEMBERS = (Kind.GROUP, Kind.LEADING_GROUP)

    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("地区"), related_name="bodies")
    name = models.CharField(_("名称"), max_length=200)
    full_name = models.CharField(_("全称"), max_length=200, blank=True)
    short_name = models.CharField(_("简称"), max_length=200, blank=True)
    kind = models.CharField(_("类别"), max_length=20, choices=Kind, default=Kind.ORGAN)
    line = models.CharField(_("系统"), max_length=20, choices=Line, default=Line.OTHER)
    level = models.PositiveSmallIntegerField(_("级别"), choices=Region.Level, null=True, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("上级单位"), related_name="children"
    )
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    active_from = models.DateField(_("设立日期"), null=True, blank=True)
    active_to = models.DateField(_("撤销日期"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("单位")
        ordering: ClassVar = ["region", "name", "id"]
        indexes: ClassVar = [models.Index(fields=["region", "kind", "line"], name="body_by_kind")]
        constraints: ClassVar = [
            # A name may come back after its body has ended; operations compare the days.
            models.UniqueConstraint(
                fields=["region", "name"], condition=Q(active_to=None), name="body_name_unique_in_region"
            ),
            models.UniqueConstraint(
                fields=["region", "credit_code"], condition=~Q(credit_code=""), name="body_credit_code_unique"
            ),
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
                condition=Q(
                    kind__in=[
                        "organ",
                        "leading-group",
                        "town",
                        "street",
                        "park",
                        "community",
                        "village",
                        "school",
                        "institution",
                        "enterprise",
                        "social",
                        "group",
                        "other",
                    ]
                ),
                name="body_kind_known",
            ),
            models.CheckConstraint(condition=Q(level=None) | Q(level__range=(0, 5)), name="body_level_known"),
            models.CheckConstraint(
                condition=Q(credit_code="") | Q(credit_code__regex=r"^[0-9A-HJ-NPQRTUWXY]{18}$"),
                name="body_credit_code_characters",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="body_not_its_own_parent"),
            models.CheckConstraint(
                condition=days_in_order("active_from", "active_to"), name="body_active_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_collective(self) -> bool:
        """Whether it stands for its members only."""
        return self.kind == self.Kind.GROUP

    @property
    def has_members(self) -> bool:
        """Whether it can have members."""
        return self.kind in self.WITH_MEMBERS

    @property
    def active(self) -> Period:
        """The days on which it exists."""
        return Period(self.active_from, self.active_to)


class BodyAlias(models.Model):
    """Another name under which plans know a body, perhaps for a time only.

    On any one day a name means one body of a region: open-ended names are kept apart here, the days of the
    others by the operations, which hold the region's lock.
    """

    class Kind(models.TextChoices):
        ALIAS = "alias", _("别名")
        SHORT = "short", _("简称")
        FORMER = "former", _("原名")

    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("地区"), related_name="+")
    body = models.ForeignKey(Body, models.CASCADE, verbose_name=_("单位"), related_name="aliases")
    name = models.CharField(_("别名"), max_length=200)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind, default=Kind.ALIAS)
    valid_from = models.DateField(_("启用日期"), null=True, blank=True)
    valid_to = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("单位别名")
        ordering: ClassVar = ["region", "name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["region", "name"], condition=Q(valid_to=None), name="alias_unique_in_region"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="alias_not_empty"),
            models.CheckConstraint(
                condition=Q(kind__in=["alias", "short", "former"]), name="alias_kind_known"
            ),
            models.CheckConstraint(condition=days_in_order("valid_from", "valid_to"), name="alias_in_order"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def valid(self) -> Period:
        """The days on which the name is in use."""
        return Period(self.valid_from, self.valid_to)


class Succession(models.Model):
    """From the day `on`, `successor` does what `predecessor` did, or a part of it."""

    class Kind(models.TextChoices):
        MERGE = "merge", _("合并")
        SPLIT = "split", _("分设")
        REPLACE = "replace", _("更替")

    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("地区"), related_name="+")
    predecessor = models.ForeignKey(Body, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Body, models.PROTECT, related_name="origins")
    kind = models.CharField(_("方式"), max_length=10, choices=Kind)
    on = models.DateField(_("日期"))

    class Meta:
        verbose_name = _("机构沿革")
        ordering: ClassVar = ["region", "on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_of_another"),
            models.CheckConstraint(
                condition=Q(kind__in=["merge", "split", "replace"]), name="succession_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
