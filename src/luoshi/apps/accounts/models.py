"""What an account is besides the user who signs in: whose it is, and what its passwords were."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Account(models.Model):
    """What is kept of a person's account. A user without one has never been given a password by anybody."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("用户"), related_name="account"
    )
    body = models.ForeignKey(
        "organization.Body",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("所在单位"),
        related_name="+",
    )
    # Somebody else knows the password: it was given by an administrator.
    password_due = models.BooleanField(_("须修改密码"), default=False)
    password_at = models.DateTimeField(_("密码设置时间"), null=True)
    # The one chosen last in any browser; empty when none was.
    language = models.CharField(_("语言"), max_length=10, choices=settings.LANGUAGES, blank=True)
    created_at = models.DateTimeField(_("建立时间"))

    class Meta:
        verbose_name = _("账号")
        ordering: ClassVar = ["user__username"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(language__in=["", "zh-hans", "en"]), name="account_language"),
        ]

    def __str__(self) -> str:
        return self.user.get_username()


class FormerPassword(models.Model):
    """A hash of a password that a person had, so that it is not taken again too soon."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    hashed = models.CharField(max_length=256)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("用过的密码")
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [models.Index(fields=["user", "at"], name="former_password_by_user")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.at:%Y-%m-%d}"
