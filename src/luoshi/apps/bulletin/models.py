"""Bulletins as rows: the text in versions, the rows that were counted, and good practice that was chosen."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Bulletin(models.Model):
    """A bulletin of one plan and period. Its numbers are those of `Counted` as of `counted_at`; once it is
    published neither text nor numbers change."""

    class State(models.TextChoices):
        DRAFT = "draft", _("起草中")
        SUBMITTED = "submitted", _("待审定")
        PUBLISHED = "published", _("已发布")

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    plan = models.ForeignKey("plan.Plan", models.PROTECT, verbose_name=_("方案"), related_name="bulletins")
    period = models.CharField(_("期次"), max_length=10)
    since = models.DateField(_("起"))
    until = models.DateField(_("止"))
    title = models.CharField(_("标题"), max_length=200)
    text = models.TextField(_("正文"))
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    counted_at = models.DateTimeField(_("统计时间"))
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(_("起草时间"))
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(_("送审时间"), null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(_("发布时间"), null=True)
    answer = models.TextField(_("退回意见"), blank=True)

    class Meta:
        verbose_name = _("通报")
        ordering: ClassVar = ["-until", "-id"]
        indexes: ClassVar = [models.Index(fields=["region", "state", "until"], name="bulletin_by_state")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "period"],
                condition=Q(state__in=["draft", "submitted"]),
                name="bulletin_one_in_work",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted", "published"]), name="bulletin_state_known"
            ),
            models.CheckConstraint(condition=Q(since__lte=F("until")), name="bulletin_days_in_order"),
            models.CheckConstraint(
                condition=~Q(state="published")
                | (Q(approved_by__isnull=False) & ~Q(approved_by=F("submitted_by"))),
                name="bulletin_second_person",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class BulletinRevision(models.Model):
    """The text as somebody saved it; revisions are only added."""

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("版次"))
    title = models.CharField(_("标题"), max_length=200)
    text = models.TextField(_("正文"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("保存时间"))

    class Meta:
        verbose_name = _("通报版次")
        ordering: ClassVar = ["bulletin", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bulletin", "number"], name="bulletin_revision_once"),
        ]

    def __str__(self) -> str:
        return f"{self.bulletin} {self.number}"


class Counted(models.Model):
    """A request that a bulletin counts, and how it stood then."""

    class Outcome(models.TextChoices):
        IN_TIME = "in-time", _("按时报送")
        LATE = "late", _("逾期报送")
        OVERDUE = "overdue", _("逾期未报")
        WAITING = "waiting", _("未到期")

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="counted")
    occurrence = models.ForeignKey("work.Occurrence", models.PROTECT, related_name="+")
    task = models.ForeignKey("plan.Task", models.PROTECT, related_name="+")
    body = models.ForeignKey("organization.Body", models.PROTECT, related_name="+")
    section = models.ForeignKey("plan.Section", models.PROTECT, null=True, related_name="+")
    due = models.DateField(_("到期日期"))
    answered = models.DateField(_("报送日期"), null=True)
    outcome = models.CharField(_("情况"), max_length=8, choices=Outcome)
    returned = models.BooleanField(_("退回修改"), default=False)

    class Meta:
        verbose_name = _("统计明细")
        ordering: ClassVar = ["bulletin", "task", "body", "id"]
        indexes: ClassVar = [models.Index(fields=["bulletin", "outcome", "body"], name="counted_by_outcome")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bulletin", "occurrence"], name="counted_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=["in-time", "late", "overdue", "waiting"]),
                name="counted_outcome_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.body} {self.get_outcome_display()}"


class Practice(models.Model):
    """Good practice of a body, chosen by a person from an accepted report, in words that may be shortened."""

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="practices")
    report = models.ForeignKey("work.Report", models.PROTECT, related_name="+")
    body = models.ForeignKey("organization.Body", models.PROTECT, related_name="+")
    words = models.TextField(_("做法"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("选用时间"))

    class Meta:
        verbose_name = _("典型做法")
        ordering: ClassVar = ["bulletin", "at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bulletin", "report"], name="practice_once"),
            models.CheckConstraint(condition=~Q(words=""), name="practice_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.words[:20]}"
