"""Sheets by which entries are destroyed whose time is over, and what remains of each: that there was one."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.apps.register.models.entry import Entry


class Destruction(models.Model):
    """A sheet of entries of one mechanism: drawn up by one person of the office, confirmed by another."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待复核")
        DONE = "done", _("已销毁")
        WITHDRAWN = "withdrawn", _("已撤销")

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    mechanism = models.CharField(_("机制"), max_length=60)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.PROPOSED)
    opinion = models.TextField(_("鉴定意见"))
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField(_("编制时间"))
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(_("复核时间"), null=True)

    class Meta:
        verbose_name = _("销毁清册")
        ordering: ClassVar = ["-drawn_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["region", "mechanism"], name="destruction_of_class")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="done") | (Q(settled_by__isnull=False) & ~Q(settled_by=F("drawn_by"))),
                name="destruction_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mechanism} {self.pk}"


class Destroyed(models.Model):
    """A line of a sheet: an entry that is to be destroyed, and what is known of it afterwards.

    Attributes:
        entry: none once it has been destroyed.
        former: the key that the entry had, by which others still name it.
        years: how long the rules of its version keep it after it ended.
        digest: SHA-256 of what was destroyed, as `operations.destroying.digest_of` writes it.
        spared: why it was not destroyed after all.
    """

    class Spared(models.TextChoices):
        NOT_DUE = "not-due", _("保存期未满或者已重新办理")
        IN_USE = "in-use", _("仍被其他记录引用")

    sheet = models.ForeignKey(Destruction, models.CASCADE, related_name="lines")
    entry = models.OneToOneField(Entry, models.SET_NULL, null=True, related_name="destruction")
    former = models.BigIntegerField(db_index=True)
    version = models.PositiveSmallIntegerField(_("规则版本"))
    number = models.CharField(_("编号"), max_length=80, blank=True)
    body = models.ForeignKey("organization.Body", models.PROTECT, related_name="+")
    began = models.DateField(_("登记日期"))
    ended = models.DateField(_("办结日期"))
    years = models.PositiveSmallIntegerField(_("保存年限"))
    digest = models.CharField(_("摘要"), max_length=64, blank=True)
    destroyed_at = models.DateTimeField(_("销毁时间"), null=True)
    spared = models.CharField(_("未销毁原因"), max_length=10, choices=Spared, blank=True)

    class Meta:
        verbose_name = _("销毁记录")
        ordering: ClassVar = ["sheet", "ended", "id"]

    def __str__(self) -> str:
        return self.number or str(self.former)
