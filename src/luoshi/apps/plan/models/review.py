"""Findings, and what persons did about them and to the tasks, in an order that can be undone."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.apps.plan.models.plan import SPAN_IN_ORDER, Plan
from luoshi.apps.plan.models.task import Task


class Finding(models.Model):
    """A defect or doubt of the document. `details` fill the wording of its `code`.

    `quote` is what stands there (its beginning, if it is long); `place` says where in the file, in words of
    each language.
    """

    class Severity(models.IntegerChoices):
        ERROR = 0, _("错误")
        WARNING = 1, _("存疑")
        NOTE = 2, _("提示")

    class State(models.TextChoices):
        OPEN = "open", _("待处理")
        ACCEPTED = "accepted", _("按读取结果")
        CHOSEN = "chosen", _("已选定")
        EDITED = "edited", _("已修改")
        DISMISSED = "dismissed", _("不是问题")

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="findings")
    task = models.ForeignKey(Task, models.CASCADE, null=True, related_name="findings")
    position = models.PositiveIntegerField()
    code = models.CharField(_("类型"), max_length=40)
    severity = models.PositiveSmallIntegerField(_("轻重"), choices=Severity)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField(_("原文"), blank=True)
    details = models.JSONField(default=dict)
    candidates = models.JSONField(default=list)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN)
    answer = models.TextField(_("处理结果"), blank=True)
    place = models.JSONField(_("原文件位置"), default=dict)

    class Meta:
        verbose_name = _("疑点")
        ordering: ClassVar = ["plan", "severity", "start", "position"]
        indexes: ClassVar = [
            models.Index(fields=["region", "plan", "state", "severity"], name="finding_by_state")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "plan", "position"], name="finding_position"),
            models.CheckConstraint(condition=Q(severity__range=(0, 2)), name="finding_severity_known"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "accepted", "chosen", "edited", "dismissed"]),
                name="finding_state_known",
            ),
            models.CheckConstraint(condition=SPAN_IN_ORDER, name="finding_span"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.start}"


class Settlement(models.Model):
    """One thing that a person did during review, with the rows it changed before and after.

    `changes` is the list that `luoshi.apps.plan.operations.changes` writes; undoing puts the values of before
    back, and only while the rows still are as they were left. `detail` fills the wording of its `kind`.
    """

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="settlements")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    finding = models.ForeignKey(Finding, models.CASCADE, null=True, related_name="settlements")
    task = models.ForeignKey(Task, models.CASCADE, null=True, related_name="settlements")
    detail = models.JSONField(default=dict)
    changes = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("处理记录")
        ordering: ClassVar = ["plan", "-position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "plan", "position"], name="settlement_position"),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.kind}"
