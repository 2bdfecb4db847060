"""Draws, their frozen lists, and what those who were drawn answered."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.apps.register.models import Entry


class Draw(models.Model):
    """One draw of an entry. `strata` and `orders` are as `luoshi.core.draw` has them.

    `sealed` holds the secret, encrypted, from the commitment on; `secret` holds it opened.
    """

    class Stage(models.TextChoices):
        PREPARED = "prepared", _("名单已冻结")
        COMMITTED = "committed", _("承诺已公布，待抽取")
        DRAWN = "drawn", _("已抽取")
        CANCELLED = "cancelled", _("已公开撤销")

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="draws")
    key = models.CharField(max_length=60)
    purpose = models.CharField(_("抽取事项"), max_length=400)
    stage = models.CharField(_("阶段"), max_length=10, choices=Stage, default=Stage.PREPARED)
    strata = models.JSONField(_("分层"))
    source = models.CharField(_("公开值来源"), max_length=200)
    value_on = models.DateField(_("公开值产生日期"))
    form = models.CharField(_("公开值写法"), max_length=200)
    prepared_at = models.DateTimeField(_("冻结时间"))
    sealed = models.CharField(max_length=200, blank=True)
    commitment = models.CharField(_("承诺"), max_length=64, blank=True)
    committed_at = models.DateTimeField(_("承诺时间"), null=True)
    value = models.CharField(_("公开值"), max_length=300, blank=True)
    secret = models.CharField(_("密值"), max_length=64, blank=True)
    orders = models.JSONField(_("抽取次序"), default=dict)
    drawn_at = models.DateTimeField(_("抽取时间"), null=True)
    head = models.CharField(_("过程散列"), max_length=64, blank=True)
    reason = models.TextField(_("撤销理由"), blank=True)
    cancelled_at = models.DateTimeField(_("撤销时间"), null=True)

    class Meta:
        verbose_name = _("抽取")
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(fields=["-committed_at"], condition=~Q(commitment=""), name="draw_announced"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entry", "key"], condition=~Q(stage="cancelled"), name="draw_one_for_a_purpose"
            ),
            models.UniqueConstraint(
                fields=["commitment"], condition=~Q(commitment=""), name="draw_commitment_once"
            ),
        ]

    def __str__(self) -> str:
        return self.purpose

    @property
    def announced(self) -> bool:
        """Whether the public knows of it."""
        return self.commitment != ""

    @property
    def opened(self) -> bool:
        """Whether its proof is there for anybody."""
        return self.secret != ""


class Candidate(models.Model):
    """Somebody or something on a frozen list, with the reasons that keep them out."""

    draw = models.ForeignKey(Draw, models.CASCADE, related_name="candidates")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    pool = models.CharField(max_length=60)
    stratum = models.CharField(_("分层"), max_length=200)
    key = models.CharField(_("代码"), max_length=200)
    name = models.CharField(_("名称"), max_length=300, blank=True)
    kept_out = models.JSONField(_("不能抽取的理由"), default=list)
    eligible = models.BooleanField(_("可以抽取"))

    class Meta:
        verbose_name = _("候选")
        ordering: ClassVar = ["draw", "pool", "stratum", "key"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draw", "key"], name="candidate_once"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.name}".strip()


class Opened(models.Model):
    """The entry that was opened for one who was drawn; there is never a second one."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="openings")
    candidate = models.OneToOneField(Candidate, models.PROTECT, related_name="opening")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="opened_by_draw")
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("由抽取开启的条目")
        ordering: ClassVar = ["draw", "pk"]

    def __str__(self) -> str:
        return f"{self.candidate} → {self.entry}"


class Reply(models.Model):
    """What one who held a place answered."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="replies")
    key = models.CharField(_("代码"), max_length=200)
    answer = models.CharField(_("应答"), max_length=10)
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("应答")
        ordering: ClassVar = ["draw", "pk"]

    def __str__(self) -> str:
        return f"{self.key} {self.answer}"
