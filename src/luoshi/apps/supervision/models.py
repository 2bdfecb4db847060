"""Supervision orders as rows: the order, its bodies, replies, urging, and every step that was taken."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.apps.work.models import Issue
from luoshi.core.supervision.machines import OPEN, ORDER


class Series(models.Model):
    """How far the numbers of a region and year have come. The row is locked to give the next one."""

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年份"))
    prefix = models.CharField(_("文号代字"), max_length=12)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("督办文号")
        ordering: ClassVar = ["region", "year"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "year"], name="order_series_once"),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}〔{self.year}〕"


class Order(models.Model):
    """One matter, one lead. Its states are those of `luoshi.core.supervision.machines.ORDER`.

    `serial` is given when it goes out and never changes. `rounds` are the days of feedback; `due` is the next
    of them, or a later day that was given. Lights are comparisons of `due` and `warn_from` with today.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("拟办")
        PROPOSED = "proposed", _("待批准")
        ISSUED = "issued", _("待签收")
        SIGNED = "signed", _("办理中")
        REPLIED = "replied", _("待审核")
        RETURNED = "returned", _("退回重办")
        ACCEPTED = "accepted", _("待办结")
        SUSPENDED = "suspended", _("已中止")
        CLOSED = "closed", _("已办结")
        RENEWED = "renewed", _("另行交办")
        CANCELLED = "cancelled", _("已撤销")
        ARCHIVED = "archived", _("已归档")

    class Source(models.TextChoices):
        INSTRUCTION = "instruction", _("领导批示")
        MEETING = "meeting", _("会议决定")
        DOCUMENT = "document", _("文件要求")
        PLAN = "plan", _("方案任务")
        PROPOSAL = "proposal", _("建议提案")
        PUBLIC = "public", _("群众来信")

    class Feedback(models.TextChoices):
        ONCE = "once", _("办结时一次反馈")
        MONTHLY = "monthly", _("每月反馈")
        QUARTERLY = "quarterly", _("每季度反馈")

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)
    serial = models.CharField(_("编号"), max_length=40, blank=True)
    line = models.CharField(_("督办名义"), max_length=12, choices=Issue.Line)
    source = models.CharField(_("来源"), max_length=12, choices=Source)
    origin = models.TextField(_("来源原文"), blank=True)
    authority = models.TextField(_("依据或授权"))
    matter = models.CharField(_("督办事项"), max_length=200)
    matter_key = models.CharField(max_length=200)
    requirement = models.TextField(_("办理要求"))
    contact = models.CharField(_("联系方式"), max_length=100, blank=True)
    task = models.ForeignKey(
        "plan.Task", models.PROTECT, null=True, verbose_name=_("关联任务"), related_name="orders"
    )
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, verbose_name=_("前一督办件"), related_name="renewed_as"
    )
    feedback = models.CharField(_("反馈方式"), max_length=10, choices=Feedback, default=Feedback.ONCE)
    sign_days = models.PositiveSmallIntegerField(_("签收时限"), default=2)
    close_days = models.PositiveSmallIntegerField(_("办结时限"), default=15)
    sign_by = models.DateField(_("签收期限"), null=True)
    close_by = models.DateField(_("办结期限"), null=True)
    due = models.DateField(_("反馈期限"), null=True)
    warn_from = models.DateField(null=True)
    rounds = models.JSONField(default=list)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    kept = models.CharField(max_length=10, blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(_("拟办时间"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(_("发出时间"), null=True)
    closed_at = models.DateTimeField(_("办结时间"), null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("督办件")
        ordering: ClassVar = ["-drafted_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["region", "state", "due"], name="order_by_due"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "year", "number"], name="order_number_once"),
            models.UniqueConstraint(
                fields=["region", "matter_key"],
                condition=Q(state__in=OPEN),
                name="order_one_open_for_a_matter",
            ),
            models.UniqueConstraint(
                fields=["task"], condition=Q(state__in=OPEN), name="order_one_open_for_a_task"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.key for state in ORDER.states]), name="order_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(authority="") & ~Q(matter="") & ~Q(requirement=""), name="order_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "proposed", "cancelled", "archived"])
                | Q(number__isnull=False, issued_at__isnull=False, due__isnull=False),
                name="order_out_has_a_number",
            ),
            models.CheckConstraint(condition=Q(close_days__gt=F("sign_days")), name="order_days_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.serial} {self.matter}".strip()


class OrderBody(models.Model):
    """A body that an order concerns: exactly one lead, and helpers. `form` is fixed when it goes out."""

    class Role(models.TextChoices):
        LEAD = "lead", _("牵头")
        HELPER = "helper", _("配合")

    class Form(models.TextChoices):
        ORDER = "order", _("督办单")
        LETTER = "letter", _("商请函")

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, models.CASCADE, related_name="bodies")
    body = models.ForeignKey(
        "organization.Body", models.PROTECT, verbose_name=_("单位"), related_name="orders"
    )
    role = models.CharField(_("角色"), max_length=6, choices=Role)
    form = models.CharField(_("行文"), max_length=6, choices=Form, default=Form.ORDER)
    signed_at = models.DateTimeField(_("签收时间"), null=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("督办单位")
        ordering: ClassVar = ["order", "-role", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "body"], name="order_body_once"),
            models.UniqueConstraint(fields=["order"], condition=Q(role="lead"), name="order_one_lead"),
            models.CheckConstraint(condition=Q(role__in=["lead", "helper"]), name="order_role_known"),
            models.CheckConstraint(condition=Q(form__in=["order", "letter"]), name="order_form_known"),
        ]

    def __str__(self) -> str:
        return str(self.body)


class Reply(models.Model):
    """What a body says of an order for one day of feedback: the lead answers, helpers contribute."""

    class State(models.TextChoices):
        GIVEN = "given", _("已反馈")
        ACCEPTED = "accepted", _("已采纳")
        RETURNED = "returned", _("已退回")

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, models.PROTECT, related_name="replies")
    body = models.ForeignKey("organization.Body", models.PROTECT, related_name="+")
    round = models.DateField(_("反馈期限"))
    progress = models.TextField(_("办理情况"))
    problems = models.TextField(_("存在问题"), blank=True)
    next_step = models.TextField(_("下一步"), blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.GIVEN)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("反馈时间"))

    class Meta:
        verbose_name = _("反馈")
        ordering: ClassVar = ["order", "at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["given", "accepted", "returned"]), name="reply_state_known"
            ),
            models.CheckConstraint(condition=~Q(progress=""), name="reply_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.at:%Y-%m-%d}"


class Step(models.Model):
    """A step that was taken with an order; `name` is of the machine, or a rung of urging."""

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, models.CASCADE, related_name="steps")
    name = models.CharField(max_length=12)
    body = models.ForeignKey("organization.Body", models.PROTECT, null=True, related_name="+")
    words = models.TextField(_("说明"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("督办步骤")
        ordering: ClassVar = ["order", "at", "id"]

    def __str__(self) -> str:
        return self.name
