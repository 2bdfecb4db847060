"""What users may do, and for whom."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Role(models.Model):
    """What a user may do in a region; with a body, only for that body."""

    class Name(models.TextChoices):
        OFFICE = "office", _("统筹协调机构")
        READER = "reader", _("查阅人员")

    region = models.ForeignKey(
        "organization.Region", models.PROTECT, verbose_name=_("地区"), related_name="roles"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("用户"), related_name="plan_roles"
    )
    body = models.ForeignKey(
        "organization.Body",
        models.CASCADE,
        null=True,
        blank=True,
        verbose_name=_("单位"),
        related_name="roles",
    )
    name = models.CharField(_("角色"), max_length=20, choices=Name)

    class Meta:
        verbose_name = _("角色")
        ordering: ClassVar = ["region", "user", "name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["region", "user", "name"], condition=Q(body=None), name="role_granted_once_in_region"
            ),
            models.UniqueConstraint(
                fields=["region", "user", "name", "body"],
                condition=Q(body__isnull=False),
                name="role_granted_once_for_body",
            ),
            models.CheckConstraint(condition=Q(name__in=["office", "reader"]), name="role_name_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_name_display()} {self.region_id}"
