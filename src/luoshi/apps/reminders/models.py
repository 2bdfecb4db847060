"""Digests as an outbox of one row a person and day, what people want, and the address of a calendar."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.core.supervision.quiet import Hours

HOURS = [(hour, f"{hour:02d}:00") for hour in range(24)]


class Setting(models.Model):
    """What a person wants; whoever has no row wants the defaults. `feed` is the SHA-256 of the secret part of
    the calendar's address, which is shown once and kept nowhere."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="reminder_setting"
    )
    mail = models.BooleanField(_("发邮件"), default=True)
    address = models.EmailField(_("邮箱"), blank=True)
    hour = models.PositiveSmallIntegerField(_("提醒时间"), choices=HOURS, default=8)
    quiet_from = models.PositiveSmallIntegerField(_("免打扰开始"), choices=HOURS, default=20)
    quiet_to = models.PositiveSmallIntegerField(_("免打扰结束"), choices=HOURS, default=8)
    feed = models.CharField(max_length=64, blank=True)
    feed_at = models.DateTimeField(_("订阅地址生成时间"), null=True)

    class Meta:
        verbose_name = _("提醒设置")
        ordering: ClassVar = ["user"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["feed"], condition=~Q(feed=""), name="reminder_feed_once"),
            models.CheckConstraint(
                condition=Q(hour__lte=23, quiet_from__lte=23, quiet_to__lte=23), name="reminder_hours"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def hours(self) -> Hours:
        """The hours as core knows them."""
        return Hours(self.hour, self.quiet_from, self.quiet_to)


class Digest(models.Model):
    """Everything that waited for a person on one working day. The pair of person and day is unique: however
    often the clock strikes, or dies, there is one. `lines` are kept as they were told."""

    class State(models.TextChoices):
        WAITING = "waiting", _("待发送")
        SENDING = "sending", _("发送中")
        SENT = "sent", _("已发邮件")
        SHOWN = "shown", _("仅站内")
        NOTHING = "nothing", _("无事项")
        FAILED = "failed", _("邮件未送达")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digests")
    day = models.DateField(_("日期"))
    lines = models.JSONField(default=list)
    count = models.PositiveIntegerField(_("件数"), default=0)
    state = models.CharField(_("状态"), max_length=8, choices=State)
    address = models.EmailField(blank=True)
    made_at = models.DateTimeField(_("生成时间"))
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(_("发送时间"), null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    read_at = models.DateTimeField(_("阅读时间"), null=True)

    class Meta:
        verbose_name = _("每日提醒")
        ordering: ClassVar = ["-day", "-id"]
        indexes: ClassVar = [models.Index(fields=["state", "claimed_at"], name="digest_by_state")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "day"], name="digest_once_a_day"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sending", "sent", "shown", "nothing", "failed"]),
                name="digest_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.day}"

    @property
    def message_id(self) -> str:
        """The same for every attempt to send it, so that a letter that arrives twice is one letter."""
        return f"<digest.{self.pk}.{self.day:%Y%m%d}@luoshi.invalid>"
