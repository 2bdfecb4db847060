"""Tokens of persons, answers that are given twice, and webhooks with what was sent to them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Token(models.Model):
    """What a program signs in with, in the name of a person. Only its hash is kept.

    `window` and `used` count the calls of the running minute.
    """

    class Scope(models.TextChoices):
        READ = "read", _("只读")
        REPORT = "report", _("填报：查看，并以本单位名义签收、报送")
        OFFICE = "office", _("统筹：查看，并办理统筹办公室的事项")
        AUDIT = "audit", _("审计：查阅日志，出具日志证明")
        SYSTEM = "system", _("系统管理：账号、地区、运行状况")
        SECURITY = "security", _("安全管理：角色、管理员、解锁、密码重置")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="api_tokens")
    name = models.CharField(_("用途"), max_length=60)
    scope = models.CharField(_("范围"), max_length=10, choices=Scope)
    hash = models.CharField(max_length=64, unique=True)
    hint = models.CharField(_("开头"), max_length=16)
    made_at = models.DateTimeField(_("生成时间"))
    expires_at = models.DateTimeField(_("有效期至"))
    revoked_at = models.DateTimeField(_("停用时间"), null=True)
    used_at = models.DateTimeField(_("最近使用"), null=True)
    window = models.BigIntegerField(default=0)
    used = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("接口令牌")
        ordering: ClassVar = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.name


class Answer(models.Model):
    """What a call with an idempotency key was answered; the same call again gets the same answer.

    Kept in the transaction of what the call did: there is never one without the other.
    """

    token = models.ForeignKey(Token, models.CASCADE, related_name="answers")
    key = models.CharField(max_length=100)
    request = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    content = models.BinaryField(default=bytes)
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("已答复的调用")
        constraints: ClassVar = [models.UniqueConstraint(fields=["token", "key"], name="answer_once_a_key")]

    def __str__(self) -> str:
        return f"{self.key}: {self.status}"


class Webhook(models.Model):
    """Where a region tells a system of its own that something happened.

    The secret that signs is not stored: it follows from `salt` and the key of the installation.
    """

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    url = models.URLField(_("地址"), max_length=500)
    events = models.JSONField(_("事件"), default=list)
    salt = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("建立时间"))
    ended_at = models.DateTimeField(_("停用时间"), null=True)

    class Meta:
        verbose_name = _("事件推送")
        ordering: ClassVar = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.url


class Delivery(models.Model):
    """An event on its way to a webhook. One row an event: it may arrive twice, but is never made twice."""

    class State(models.TextChoices):
        WAITING = "waiting", _("待发送")
        DONE = "done", _("已送达")
        FAILED = "failed", _("未送达，不再重试")

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    event = models.ForeignKey("audit.Event", models.PROTECT, related_name="+")
    kind = models.CharField(_("事件"), max_length=40)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    next_at = models.DateTimeField(_("下次尝试"))
    tried_at = models.DateTimeField(_("最近尝试"), null=True)
    status = models.PositiveSmallIntegerField(_("答复"), null=True)
    error = models.CharField(_("原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("推送记录")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["webhook", "event"], name="delivery_once_an_event")
        ]
        indexes: ClassVar = [models.Index(fields=["state", "next_at"], name="delivery_by_turn")]

    def __str__(self) -> str:
        return f"{self.kind} → {self.webhook}"
