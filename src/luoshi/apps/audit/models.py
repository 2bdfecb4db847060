"""The audit log: what was done, by whom, when and to what."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """Something that was done. Rows are only ever added: triggers refuse to change or delete them.

    `object_type` and `object_id` name the row it was done to, as `plan.task` and its key; there is no foreign
    key, because an event outlives its object.
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

    class Meta:
        verbose_name = _("事件")
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["region", "object_type", "object_id", "at"], name="event_by_object"),
            models.Index(fields=["region", "at"], name="event_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.type} {self.object_type} {self.object_id}"
