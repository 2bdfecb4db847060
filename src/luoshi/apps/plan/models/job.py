"""An import under way: long work that can be left and returned to."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.apps.plan.models.plan import Plan

PLAN = "plan"


class ImportJob(models.Model):
    """The reading of one uploaded file. Its bytes stay here until they are a stored document.

    `purpose` says what becomes of it: a plan, or what an app has registered (`READINGS` in
    `luoshi.apps.plan.operations.reading`); the app finds what it made by `result`. `about` is the plan that
    it is read for, where it is to become none itself.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("等待中")
        READING = "reading", _("正在读取")
        STORING = "storing", _("正在存入")
        DONE = "done", _("已完成")
        FAILED = "failed", _("未能读取")
        INTERRUPTED = "interrupted", _("已中断")

    ACTIVE = (State.WAITING, State.READING, State.STORING)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, default=PLAN)
    about = models.ForeignKey(Plan, models.CASCADE, null=True, related_name="readings")
    result = models.PositiveBigIntegerField(null=True)
    name = models.CharField(_("文件名"), max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    content = models.BinaryField(null=True)
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.WAITING)
    attempt = models.PositiveIntegerField(default=1)
    error = models.JSONField(default=dict)
    plan = models.ForeignKey(Plan, models.SET_NULL, null=True, related_name="jobs")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("导入")
        ordering: ClassVar = ["-at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "reading", "storing", "done", "failed", "interrupted"]),
                name="job_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="done") | Q(content__isnull=False), name="job_keeps_content_until_done"
            ),
            models.CheckConstraint(
                condition=Q(purpose=PLAN, about=None) | (~Q(purpose=PLAN) & Q(about__isnull=False)),
                name="job_is_about_a_plan_or_makes_one",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def active(self) -> bool:
        """Whether somebody is still working on it."""
        return self.state in self.ACTIVE
