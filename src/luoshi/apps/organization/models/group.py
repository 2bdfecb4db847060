"""Who belongs to a group: members with dates, and rules."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.apps.organization.models.body import Body, days_in_order
from luoshi.apps.organization.models.region import Region
from luoshi.core.roster import Period


class Membership(models.Model):
    """A body, or all of a group, as member of a group for a time; `excluded` leaves it out for that time."""

    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("地区"), related_name="+")
    group = models.ForeignKey(Body, models.CASCADE, verbose_name=_("分组"), related_name="memberships")
    member = models.ForeignKey(Body, models.PROTECT, verbose_name=_("成员"), related_name="groups")
    excluded = models.BooleanField(_("除外"), default=False)
    valid_from = models.DateField(_("加入日期"), null=True, blank=True)
    valid_to = models.DateField(_("退出日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("成员")
        ordering: ClassVar = ["group", "member", "valid_from", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "member"], condition=Q(valid_to=None), name="membership_open_once"
            ),
            models.CheckConstraint(condition=~Q(group=F("member")), name="membership_not_of_itself"),
            models.CheckConstraint(
                condition=days_in_order("valid_from", "valid_to"), name="membership_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} – {self.member}"

    @property
    def valid(self) -> Period:
        """The days on which it holds."""
        return Period(self.valid_from, self.valid_to)


class GroupRule(models.Model):
    """Takes every body into a group that is of this kind, line and level; what is not set does not matter."""

    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("地区"), related_name="+")
    group = models.ForeignKey(Body, models.CASCADE, verbose_name=_("分组"), related_name="rules")
    kind = models.CharField(_("类别"), max_length=20, choices=Body.Kind, blank=True)
    line = models.CharField(_("系统"), max_length=20, choices=Body.Line, blank=True)
    level = models.PositiveSmallIntegerField(_("级别"), choices=Region.Level, null=True, blank=True)

    class Meta:
        verbose_name = _("分组规则")
        ordering: ClassVar = ["group", "kind", "line", "level", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "kind", "line"], condition=Q(level=None), name="group_rule_once"
            ),
            models.UniqueConstraint(
                fields=["group", "kind", "line", "level"], name="group_rule_once_a_level"
            ),
            models.CheckConstraint(
                condition=~Q(kind="") | ~Q(line="") | Q(level__isnull=False), name="group_rule_not_empty"
            ),
            models.CheckConstraint(condition=Q(level=None) | Q(level__range=(0, 5)), name="group_rule_level"),
        ]

    def __str__(self) -> str:
        words = [self.get_kind_display(), self.get_line_display(), self.get_level_display()]
        return " · ".join(str(word) for word in words if word)
