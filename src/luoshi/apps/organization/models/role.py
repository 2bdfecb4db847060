"""What users may do, and for whom."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Role(models.Model):
    """What a user may do in a region, or for one body of it.

    The office and a reviewer work for the region; a liaison and a head for their body. A viewer looks at the
    whole region, or with a body only at what concerns it.
    """

    class Name(models.TextChoices):
        OFFICE = "office", _("统筹办公室")
        VIEWER = "viewer", _("查阅人员")
        LIAISON = "liaison", _("联络员")
        HEAD = "head", _("单位负责人")
        REVIEWER = "reviewer", _("评审人员")

    OF_A_BODY = (Name.LIAISON, Name.HEAD)
    OF_A_REGION = (Name.OFFICE, Name.REVIEWER)

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
            models.CheckConstraint(
                condition=Q(name="viewer")
                | Q(name__in=["office", "reviewer"], body=None)
                | Q(name__in=["liaison", "head"], body__isnull=False),
                name="role_name_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_name_display()} {self.region_id}"


class Administrator(models.Model):
    """One of the three separate administrators of an installation (三员分立).

    One person is one of them at most, and holds no role beside it; the second half is kept by the operations,
    which lock the account.
    """

    class Kind(models.TextChoices):
        SYSTEM = "system", _("系统管理员")
        SECURITY = "security", _("安全管理员")
        AUDIT = "audit", _("审计管理员")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("用户"), related_name="administrator"
    )
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)

    class Meta:
        verbose_name = _("管理员")
        ordering: ClassVar = ["kind", "user"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=["system", "security", "audit"]), name="administrator_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_kind_display()}"
