"""The task of one body, the periods it reports on, and more time for one of them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.apps.work.models.issue import Issue

ASSIGNMENT_STATES = ("issued", "signed", "in-progress", "suspended", "handed-over", "cancelled", "closed")
OCCURRENCE_STATES = ("scheduled", "open", "closed", "cancelled")
EXTENSION_STATES = ("asked", "endorsed", "granted", "refused", "withdrawn")


class Assignment(models.Model):
    """The task of one body. Its states are those of `luoshi.core.work.machines.ASSIGNMENT`.

    `rank` orders the leads of a task: 0 draws the joint report; responsible bodies have none. `via` is the
    collective that it comes from. `sign_by` is the last day to sign for it, reckoned from the
    issue, or from `issued_at` where a body got the task later.
    """

    class Role(models.TextChoices):
        LEAD = "lead", _("牵头")
        RESPONSIBLE = "responsible", _("责任")

    class State(models.TextChoices):
        ISSUED = "issued", _("待签收")
        SIGNED = "signed", _("已签收")
        IN_PROGRESS = "in-progress", _("办理中")
        SUSPENDED = "suspended", _("已中止")
        HANDED_OVER = "handed-over", _("已移交")
        CANCELLED = "cancelled", _("已撤销")
        CLOSED = "closed", _("已办结")

    GONE = (State.HANDED_OVER, State.CANCELLED)

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    issue = models.ForeignKey(Issue, models.PROTECT, related_name="assignments")
    task = models.ForeignKey("plan.Task", models.PROTECT, verbose_name=_("任务"), related_name="assignments")
    body = models.ForeignKey(
        "organization.Body", models.PROTECT, verbose_name=_("单位"), related_name="assignments"
    )
    role = models.CharField(_("角色"), max_length=12, choices=Role)
    rank = models.PositiveSmallIntegerField(null=True)
    via = models.ForeignKey(
        "organization.Body", models.PROTECT, null=True, verbose_name=_("所属统称"), related_name="+"
    )
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.ISSUED)
    kept = models.CharField(max_length=12, blank=True)
    issued_at = models.DateTimeField(_("交办时间"), null=True)
    sign_by = models.DateField(_("签收期限"))
    signed_at = models.DateTimeField(_("签收时间"), null=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    suspended_at = models.DateTimeField(_("中止时间"), null=True)
    ended_at = models.DateTimeField(_("终止时间"), null=True)
    receiver = models.ForeignKey(
        "self", models.PROTECT, null=True, verbose_name=_("接收"), related_name="handed_from"
    )
    reason = models.TextField(_("理由"), blank=True)
    basis = models.TextField(_("依据"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("交办任务")
        ordering: ClassVar = ["task", F("rank").asc(nulls_last=True), "body", "id"]
        indexes: ClassVar = [
            models.Index(fields=["region", "body", "state"], name="assignment_by_body"),
            models.Index(fields=["issue", "state"], name="assignment_by_issue"),
            models.Index(fields=["region", "state", "sign_by"], name="assignment_by_signing"),
        ]
        constraints: ClassVar = [
            # A body may get back what it handed over.
            models.UniqueConstraint(
                fields=["task", "body"],
                condition=~Q(state__in=["handed-over", "cancelled"]),
                name="assignment_once",
            ),
            models.UniqueConstraint(
                fields=["task", "rank"], condition=Q(rank__isnull=False), name="assignment_rank_once"
            ),
            models.CheckConstraint(
                condition=Q(role="responsible", rank=None) | Q(role="lead"), name="assignment_role_known"
            ),
            models.CheckConstraint(condition=Q(state__in=ASSIGNMENT_STATES), name="assignment_state_known"),
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by=None) | Q(signed_at__isnull=False),
                name="assignment_signed_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} · {self.body}"


class Occurrence(models.Model):
    """One period of one body's task (`luoshi.core.work.machines.OCCURRENCE`), and the request for its report.

    `scheduled` is what the plan asks for and never moves; `moved` is the day that counts instead, after an
    extension, a late opening or a suspension; `due` is what counts after holidays. `opens_on` and `warn_from`
    (the first yellow day) are reckoned from `due` by operations whenever `due`, the thresholds or the working
    days change: lights are then comparisons of days, never stored. `asked`, `prefilled` and `minutes` measure
    the burden of the request; `reason` is given when it is asked for beside the rules, and `basis` when it
    rests on another ground than the issue's. `goes_with` is the request of the same duty in another plan
    whose report answers this one too.
    """

    class State(models.TextChoices):
        SCHEDULED = "scheduled", _("未开始")
        OPEN = "open", _("填报中")
        CLOSED = "closed", _("已完成")
        CANCELLED = "cancelled", _("已取消")

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="occurrences")
    # Named again, so that a list of a body or a task needs no join.
    task = models.ForeignKey("plan.Task", models.PROTECT, related_name="occurrences")
    body = models.ForeignKey("organization.Body", models.PROTECT, related_name="occurrences")
    key = models.CharField(_("期次"), max_length=20)
    period = models.CharField(max_length=10)
    scheduled = models.DateField(_("原定日期"))
    moved = models.DateField(null=True)
    due = models.DateField(_("到期日期"))
    opens_on = models.DateField(_("开启日期"))
    warn_from = models.DateField()
    certain = models.BooleanField(default=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.SCHEDULED)
    kept = models.CharField(max_length=10, blank=True)
    opened_at = models.DateTimeField(_("开启时间"), null=True)
    answered_at = models.DateTimeField(_("提交时间"), null=True)
    closed_at = models.DateTimeField(_("完成时间"), null=True)
    reason = models.TextField(_("理由"), blank=True)
    basis = models.TextField(_("依据"), blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked = models.PositiveSmallIntegerField(null=True)
    prefilled = models.PositiveSmallIntegerField(null=True)
    minutes = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    goes_with = models.ForeignKey(
        "self", models.PROTECT, null=True, verbose_name=_("一并回答"), related_name="answers"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("期次")
        ordering: ClassVar = ["due", "task", "body", "id"]
        indexes: ClassVar = [
            models.Index(fields=["region", "body", "state", "due"], name="occurrence_by_body"),
            models.Index(fields=["region", "state", "due"], name="occurrence_by_due"),
            models.Index(fields=["region", "state", "opens_on"], name="occurrence_by_opening"),
            models.Index(fields=["task", "key"], name="occurrence_by_task"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assignment", "key"], name="occurrence_once"),
            models.CheckConstraint(condition=Q(state__in=OCCURRENCE_STATES), name="occurrence_state_known"),
            models.CheckConstraint(condition=Q(opens_on__lte=F("due")), name="occurrence_opens_before_due"),
            models.CheckConstraint(condition=~Q(goes_with=F("id")), name="occurrence_goes_with_another"),
            models.CheckConstraint(
                condition=Q(state="scheduled") | Q(state="cancelled") | Q(opened_at__isnull=False),
                name="occurrence_open_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} {self.key}"


class Extension(models.Model):
    """A request for more time (`luoshi.core.work.machines.EXTENSION`): two steps, two persons."""

    class State(models.TextChoices):
        ASKED = "asked", _("待单位审核")
        ENDORSED = "endorsed", _("待办公室审批")
        GRANTED = "granted", _("已同意")
        REFUSED = "refused", _("不同意")
        WITHDRAWN = "withdrawn", _("已撤回")

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    occurrence = models.ForeignKey(Occurrence, models.PROTECT, related_name="extensions")
    body = models.ForeignKey("organization.Body", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    old_due = models.DateField(_("原期限"))
    new_due = models.DateField(_("申请期限"))
    reason = models.TextField(_("理由"))
    progress = models.TextField(_("目前进展"), blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("申请时间"))
    endorsed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    endorsed_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(_("答复"), blank=True)

    class Meta:
        verbose_name = _("延期申请")
        ordering: ClassVar = ["occurrence", "number"]
        indexes: ClassVar = [models.Index(fields=["region", "state", "asked_at"], name="extension_by_state")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["occurrence", "number"], name="extension_number"),
            models.UniqueConstraint(
                fields=["occurrence"],
                condition=Q(state__in=["asked", "endorsed"]),
                name="extension_one_pending",
            ),
            models.CheckConstraint(condition=Q(state__in=EXTENSION_STATES), name="extension_state_known"),
            models.CheckConstraint(condition=Q(old_due__lt=F("new_due")), name="extension_is_longer"),
            models.CheckConstraint(condition=~Q(reason=""), name="extension_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.occurrence} → {self.new_due}"


class Adjustment(models.Model):
    """Another wording of a task: proposed with a reason and a basis, and approved by a second person.

    The text of the plan is never changed; the latest approved adjustment is what counts.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("待审批")
        APPROVED = "approved", _("已批准")
        REFUSED = "refused", _("不批准")
        WITHDRAWN = "withdrawn", _("已撤回")

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    task = models.ForeignKey("plan.Task", models.PROTECT, related_name="adjustments")
    body = models.ForeignKey("organization.Body", models.PROTECT, null=True, related_name="+")
    old_text = models.TextField(_("原表述"))
    new_text = models.TextField(_("新表述"))
    reason = models.TextField(_("理由"))
    basis = models.TextField(_("依据"), blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("申请时间"))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(_("答复"), blank=True)

    class Meta:
        verbose_name = _("任务调整")
        ordering: ClassVar = ["task", "-asked_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["task"], condition=Q(state="asked"), name="adjustment_one_pending"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "approved", "refused", "withdrawn"]),
                name="adjustment_state_known",
            ),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(new_text=""), name="adjustment_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.get_state_display()}"
