"""A plan handed out: under whose name, on what basis, by which rules of time."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.core.work.lights import Thresholds


class Issue(models.Model):
    """The issue of a confirmed plan: one a plan. All limits are working days.

    `line` is in whose name it goes out and decides the form of address (`luoshi.core.work.address`). Reports
    are asked for from `first_day` to `last_day`, or on and on.
    """

    class Line(models.TextChoices):
        GOVERNMENT = "government", _("政府")
        PARTY = "party", _("党委")
        RULE_OF_LAW = "rule-of-law", _("依法治区(县)办")

    class Recurrence(models.TextChoices):
        MONTHLY = "monthly", _("每月")
        QUARTERLY = "quarterly", _("每季度")
        HALF_YEARLY = "half-yearly", _("每半年")
        YEARLY = "yearly", _("每年")

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    plan = models.OneToOneField("plan.Plan", models.PROTECT, verbose_name=_("方案"), related_name="issue")
    line = models.CharField(_("交办名义"), max_length=12, choices=Line)
    basis = models.TextField(_("报送依据"))
    recurrence = models.CharField(
        _("默认报送周期"), max_length=12, choices=Recurrence, default=Recurrence.QUARTERLY
    )
    first_day = models.DateField(_("起算日期"))
    last_day = models.DateField(_("截止日期"), null=True, blank=True)
    signing_days = models.PositiveSmallIntegerField(_("签收时限"), default=5)
    opening_days = models.PositiveSmallIntegerField(_("提前开启"), default=10)
    notice_days = models.PositiveSmallIntegerField(_("最短通知"), default=3)
    cosigning_days = models.PositiveSmallIntegerField(_("会签时限"), default=3)
    yellow_days = models.PositiveSmallIntegerField(_("黄灯剩余工作日"), default=3)
    yellow_percent = models.PositiveSmallIntegerField(_("黄灯剩余比例"), default=20)
    most_extensions = models.PositiveSmallIntegerField(_("最多延期次数"), default=2)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(_("交办时间"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("交办")
        ordering: ClassVar = ["-issued_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(line__in=["government", "party", "rule-of-law"]), name="issue_line_known"
            ),
            models.CheckConstraint(
                condition=Q(recurrence__in=["monthly", "quarterly", "half-yearly", "yearly"]),
                name="issue_recurrence_known",
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="issue_has_a_basis"),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(first_day__lte=F("last_day")), name="issue_days_in_order"
            ),
            models.CheckConstraint(condition=Q(yellow_percent__lte=100), name="issue_share_of_the_span"),
            models.CheckConstraint(condition=Q(notice_days__gte=3), name="issue_least_notice"),
        ]

    def __str__(self) -> str:
        return str(self.plan)

    @property
    def thresholds(self) -> Thresholds:
        """When green turns yellow."""
        return Thresholds(self.yellow_days, self.yellow_percent)


class ReportingRule(models.Model):
    """When a task is reported on: a recurrence (`quarterly`, `yearly:Q1`) or one day.

    `origin` says whose it is: the plan's default, the document's own words, or the office's.
    """

    class Origin(models.TextChoices):
        DEFAULT = "default", _("默认周期")
        DOCUMENT = "document", _("文件规定")
        OFFICE = "office", _("办公室设定")

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    issue = models.ForeignKey(Issue, models.CASCADE, related_name="rules")
    task = models.ForeignKey("plan.Task", models.PROTECT, related_name="reporting_rules")
    recurrence = models.CharField(_("周期"), max_length=20, blank=True)
    day = models.DateField(_("日期"), null=True, blank=True)
    origin = models.CharField(_("来源"), max_length=10, choices=Origin)
    quote = models.TextField(_("原文"), blank=True)
    # A duty with an end can be closed; a standing one reports on and never closes.
    ends = models.BooleanField(_("有终点"), default=False)

    class Meta:
        verbose_name = _("报送规则")
        ordering: ClassVar = ["issue", "task", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["task", "recurrence"], condition=Q(day=None), name="reporting_rule_once"
            ),
            models.UniqueConstraint(
                fields=["task", "day"], condition=Q(day__isnull=False), name="reporting_rule_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(day=None) ^ Q(recurrence=""), name="reporting_rule_recurs_or_has_a_day"
            ),
            models.CheckConstraint(
                condition=Q(origin__in=["default", "document", "office"]), name="reporting_rule_origin_known"
            ),
        ]

    def __str__(self) -> str:
        return self.recurrence or str(self.day)
