"""Entries of registers, what happened to them, and the limits that run."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One entry of one mechanism.

    What it holds stands in `values`, as `luoshi.core.register.packing` writes it; what lists filter and sort
    by stands in `Value` rows besides. `next_due` is the last day of the limit that ends first of those that
    somebody works against. `title` is how it is called in lists and never holds anything personal.
    `revision` rises with every step and every correction: whoever changes an entry names the one they saw.
    """

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    mechanism = models.CharField(_("机制"), max_length=60)
    version = models.PositiveSmallIntegerField(_("规则版本"))
    number = models.CharField(_("编号"), max_length=80, blank=True)
    body = models.ForeignKey(
        "organization.Body", models.PROTECT, verbose_name=_("所属单位"), related_name="entries"
    )
    holder = models.ForeignKey(
        "organization.Body", models.PROTECT, verbose_name=_("承办单位"), related_name="entries_held"
    )
    pending = models.ForeignKey(
        "organization.Body", models.PROTECT, null=True, verbose_name=_("待签收单位"), related_name="+"
    )
    state = models.CharField(_("状态"), max_length=60)
    began = models.DateField(_("登记日期"))
    ended = models.DateField(_("办结日期"), null=True)
    next_due = models.DateField(_("最近期限"), null=True)
    title = models.CharField(_("标题"), max_length=300)
    values = models.JSONField(default=dict)
    public = models.BooleanField(_("公开"), default=False)
    forgotten = models.DateField(_("个人信息销毁日期"), null=True)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(_("更新时间"))

    class Meta:
        verbose_name = _("条目")
        ordering: ClassVar = ["-began", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["region", "mechanism", "-began", "-id"], name="entry_newest"),
            models.Index(fields=["region", "mechanism", "state", "-began", "-id"], name="entry_by_state"),
            models.Index(fields=["holder", "mechanism", "state", "-began", "-id"], name="entry_by_holder"),
            models.Index(fields=["body", "mechanism", "-began", "-id"], name="entry_by_body"),
            models.Index(fields=["region", "mechanism", "next_due", "id"], name="entry_by_due"),
            models.Index(fields=["region", "mechanism", "number", "id"], name="entry_by_number"),
            models.Index(fields=["region", "mechanism", "state"], condition=Q(ended=None), name="entry_open"),
            models.Index(fields=["pending"], condition=Q(pending__isnull=False), name="entry_pending"),
            models.Index(
                fields=["mechanism", "-began", "-id"], condition=Q(public=True), name="entry_published"
            ),
            models.Index(fields=["mechanism", "ended"], condition=Q(forgotten=None), name="entry_to_forget"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["region", "mechanism", "number"], condition=~Q(number=""), name="entry_number_once"
            ),
            models.CheckConstraint(condition=~Q(state=""), name="entry_has_a_state"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class Step(models.Model):
    """Something that happened to an entry. `seen` is the entry's revision after it."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="steps")
    transition = models.CharField(_("步骤"), max_length=60)
    origin = models.CharField(_("原状态"), max_length=60, blank=True)
    target = models.CharField(_("现状态"), max_length=60)
    actor = models.CharField(_("身份"), max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey("organization.Body", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("时间"))
    on = models.DateField(_("日期"))
    reason = models.TextField(_("理由"), blank=True)
    fields = models.JSONField(_("填写的字段"), default=list)
    revision = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("步骤")
        ordering: ClassVar = ["entry", "id"]
        indexes: ClassVar = [
            models.Index(fields=["entry", "transition"], name="step_by_transition"),
            models.Index(fields=["by", "at"], name="step_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.transition}"


class Clock(models.Model):
    """One limit of an entry, from the day that started it. `due` is its last day; none while it is paused."""

    class Outcome(models.TextChoices):
        RUNNING = "running", _("计时中")
        PAUSED = "paused", _("已中止")
        KEPT = "kept", _("按期")
        OVERRUN = "overrun", _("超期")
        DROPPED = "dropped", _("不再适用")

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="clocks")
    limit = models.CharField(_("时限"), max_length=60)
    started = models.DateField(_("起算日"))
    due = models.DateField(_("届满日"), null=True)
    extended = models.PositiveSmallIntegerField(_("已延长"), default=0)
    times = models.PositiveSmallIntegerField(_("延长次数"), default=0)
    pauses = models.JSONField(_("不计入的期间"), default=list)
    ended = models.DateField(_("结束日"), null=True)
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome, default=Outcome.RUNNING)

    class Meta:
        verbose_name = _("时限")
        ordering: ClassVar = ["entry", "id"]
        indexes: ClassVar = [
            models.Index(fields=["due"], condition=Q(outcome="running"), name="clock_running"),
            models.Index(
                fields=["limit", "entry"], condition=Q(ended=None) | Q(ended__gt=F("due")), name="clock_late"
            ),
            models.Index(fields=["entry", "limit"], name="clock_of_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.limit}"


class Value(models.Model):
    """An indexed value of an entry, typed, so that lists filter and sort by it at any size.

    A choice of several options has a row each. `began` is that of the entry: one index gives the newest
    entries with a value.
    """

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="indexed")
    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    mechanism = models.CharField(max_length=60)
    field = models.CharField(max_length=60)
    text = models.CharField(max_length=200, blank=True)
    number = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    day = models.DateField(null=True)
    began = models.DateField()

    class Meta:
        verbose_name = _("索引值")
        ordering: ClassVar = ["entry", "field", "id"]
        indexes: ClassVar = [
            models.Index(
                fields=["region", "mechanism", "field", "text", "-began", "-entry"], name="value_by_text"
            ),
            models.Index(fields=["region", "mechanism", "field", "number"], name="value_by_number"),
            models.Index(fields=["region", "mechanism", "field", "day"], name="value_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.field}"


class Link(models.Model):
    """That a field of an entry names another one."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="links")
    field = models.CharField(max_length=60)
    target = models.ForeignKey(Entry, models.PROTECT, related_name="linked_from")

    class Meta:
        verbose_name = _("关联")
        ordering: ClassVar = ["entry", "field", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "field", "target"], name="entry_link_once"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} → {self.target_id}"


class Series(models.Model):
    """The last number that was given in a series."""

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    mechanism = models.CharField(max_length=60)
    scope = models.CharField(max_length=40)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("编号序列")
        ordering: ClassVar = ["region", "mechanism", "scope"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "mechanism", "scope"], name="series_once"),
        ]

    def __str__(self) -> str:
        return f"{self.mechanism} {self.scope} {self.last}"
