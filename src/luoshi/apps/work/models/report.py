"""Reports: what one body says of one period, in revisions; the joint report of the leads is one of them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.apps.work.models.assignment import Occurrence

REPORT_STATES = (
    "draft",
    "submitted",
    "approved",
    "returned",
    "accepted",
    "withdrawn",
    "proposed",
    "objected",
    "cosigned",
)


class Report(models.Model):
    """The report of an occurrence, made when it is first filled in.

    `joint` says which machine rules its states: the lead of rank 0 of a task with several bodies draws a
    joint report (`JOINT_REPORT`), every other body its own (`REPORT`). `latest` is the number of the newest
    revision, `sent` of the one last submitted, which others may read, `pinned` of the approved one that
    counts, `before` of the one that counted before this round.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        SUBMITTED = "submitted", _("已提交")
        APPROVED = "approved", _("负责人已审核")
        RETURNED = "returned", _("已退回")
        ACCEPTED = "accepted", _("已采纳")
        WITHDRAWN = "withdrawn", _("已撤回")
        PROPOSED = "proposed", _("待会签")
        OBJECTED = "objected", _("有异议")
        COSIGNED = "cosigned", _("已会签")

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    occurrence = models.OneToOneField(Occurrence, models.PROTECT, related_name="report")
    task = models.ForeignKey("plan.Task", models.PROTECT, related_name="reports")
    body = models.ForeignKey("organization.Body", models.PROTECT, related_name="reports")
    joint = models.BooleanField(_("牵头报告"), default=False)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    kept = models.CharField(max_length=10, blank=True)
    latest = models.PositiveIntegerField(default=0)
    sent = models.PositiveIntegerField(null=True)
    pinned = models.PositiveIntegerField(null=True)
    before = models.PositiveIntegerField(null=True)
    no_change = models.BooleanField(_("无变化"), default=False)
    submitted_at = models.DateTimeField(_("提交时间"), null=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(_("审核时间"), null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(_("送会签时间"), null=True)
    accepted_at = models.DateTimeField(_("采纳时间"), null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answer = models.TextField(_("退回理由"), blank=True)
    # Not stored: the moment at which it goes out in this very transaction.
    going_out: datetime | None = None

    class Meta:
        verbose_name = _("报送")
        ordering: ClassVar = ["occurrence"]
        indexes: ClassVar = [
            models.Index(fields=["region", "state", "submitted_at"], name="report_by_state"),
            models.Index(fields=["region", "body", "state"], name="report_by_body"),
            # Few at a time, and looked for across regions by the bodies that have to sign.
            models.Index(
                fields=["task"],
                condition=Q(joint=True, state__in=["proposed", "objected"]),
                name="report_to_cosign",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=REPORT_STATES), name="report_state_known"),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(pinned__isnull=False), name="report_accepted_is_pinned"
            ),
        ]

    def __str__(self) -> str:
        return str(self.occurrence)


class Revision(models.Model):
    """The values of a report as somebody saved them; revisions are only added.

    `values` maps the fields of `luoshi.core.work.prefill.FIELDS` to words, a number, a list of evidence keys,
    or `{"not-applicable": true}`; `quotes` of a joint report lists the words taken from others
    (`report`, `revision`, `body`, `field`, `text`). `base` is the revision that the person started from.
    """

    class Kind(models.TextChoices):
        DRAFT = "draft", _("保存")
        MERGE = "merge", _("合并")
        NO_CHANGE = "no-change", _("无变化")
        IMPORT = "import", _("表格导入")
        RESTORED = "restored", _("恢复")

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    base = models.PositiveIntegerField(null=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.DRAFT)
    values = models.JSONField(default=dict)
    quotes = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("报送版本")
        ordering: ClassVar = ["report", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "number"], name="revision_number"),
        ]

    def __str__(self) -> str:
        return f"{self.report} v{self.number}"


class Editor(models.Model):
    """Who has a report open for editing; gone stale after two minutes. Kept only while it is edited."""

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, models.CASCADE, related_name="editors")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField()
    seen = models.DateTimeField()

    class Meta:
        verbose_name = _("正在编辑")
        ordering: ClassVar = ["report", "since", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "user"], name="editor_once")]

    def __str__(self) -> str:
        return f"{self.user} {self.report}"


class Stance(models.Model):
    """What another lead says of a revision of a joint report; the last word of each body counts."""

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, models.CASCADE, related_name="stances")
    body = models.ForeignKey("organization.Body", models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField()
    agrees = models.BooleanField(_("同意"))
    reason = models.TextField(_("异议"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("会签意见")
        ordering: ClassVar = ["report", "at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(agrees=True) | ~Q(reason=""), name="stance_objection_says_why")
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.report}"


class BodySetting(models.Model):
    """How a body works: whether its head approves each report before it counts as sent."""

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    body = models.OneToOneField("organization.Body", models.CASCADE, related_name="work_setting")
    head_approves = models.BooleanField(_("报送须经负责人审核"), default=False)

    class Meta:
        verbose_name = _("单位报送设置")
        ordering: ClassVar = ["body"]

    def __str__(self) -> str:
        return str(self.body)
