"""The audit log: what was done, by whom, when and to what; and the tree that seals it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """Something that was done. Rows are only ever added: triggers refuse to change or delete them.

    `object_type` and `object_id` name the row it was done to, as `plan.task` and its key; there is no foreign
    key, because an event outlives its object. For the same reason the names of the person and of the body
    stand here as they were at the time.
    """

    region = models.CharField(_("地区代码"), max_length=12)
    at = models.DateTimeField(_("时间"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("操作人"), related_name="+"
    )
    type = models.CharField(_("类型"), max_length=60)
    object_type = models.CharField(_("对象类型"), max_length=60)
    object_id = models.CharField(_("对象编号"), max_length=40)
    detail = models.JSONField(_("内容"), default=dict)
    actor_name = models.CharField(_("操作人用户名"), max_length=150, blank=True, default="")
    body = models.BigIntegerField(_("代表单位编号"), null=True, blank=True)
    body_name = models.CharField(_("代表单位"), max_length=200, blank=True, default="")
    address = models.CharField(_("来源地址"), max_length=45, blank=True, default="")

    class Meta:
        verbose_name = _("事件")
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["region", "object_type", "object_id", "at"], name="event_by_object"),
            models.Index(fields=["region", "at"], name="event_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.type} {self.object_type} {self.object_id}"


class Leaf(models.Model):
    """The place of an event in the tree. Places are counted from 0 and none is ever left out.

    There is no foreign key in the database: the tree has to be able to say that an event is gone.
    """

    number = models.BigIntegerField(_("序号"), primary_key=True)
    event = models.OneToOneField(
        Event, models.DO_NOTHING, db_constraint=False, verbose_name=_("事件"), related_name="leaf"
    )
    hash = models.BinaryField(_("散列值"), max_length=32)

    class Meta:
        verbose_name = _("日志条目")
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"{self.number}: {self.event_id}"


class Node(models.Model):
    """The root of a whole subtree of 256 ** `level` leaves, kept so that proofs need not read them all."""

    level = models.PositiveSmallIntegerField(_("树的层级"))
    place = models.BigIntegerField(_("树中位置"))
    hash = models.BinaryField(_("散列值"), max_length=32)

    class Meta:
        verbose_name = _("树节点")
        ordering: ClassVar = ["level", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["level", "place"], name="node_unique_in_tree"),
        ]

    def __str__(self) -> str:
        return f"{self.level}/{self.place}"


class Checkpoint(models.Model):
    """What the log was at a moment, signed. `note` is the text that is handed out; the rest repeats it."""

    number = models.BigIntegerField(_("编号"), primary_key=True)
    size = models.BigIntegerField(_("条数"), db_index=True)
    at = models.DateTimeField(_("时间"))
    note = models.TextField(_("签名原文"))

    class Meta:
        verbose_name = _("检查点")
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"{self.number}: {self.size}"
