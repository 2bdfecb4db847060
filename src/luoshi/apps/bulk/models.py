"""Sheets that were sent in with their rows, and steps that are taken of many entries."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """How far a piece of work beside the request is."""

    WAITING = "waiting", _("等待中")
    CHECKING = "checking", _("正在检查")
    CHECKED = "checked", _("待确认")
    MAKING = "making", _("正在办理")
    DONE = "done", _("已完成")
    FAILED = "failed", _("未能完成")
    INTERRUPTED = "interrupted", _("已中断")
    DROPPED = "dropped", _("已放弃")


ACTIVE = (State.WAITING, State.CHECKING, State.MAKING)


class Job(models.Model):
    """Work that goes on beside the request and after a death.

    Attributes:
        done: rows or entries that are through, of `total`; `total` is 0 as long as it is not known.
        due_at: after this moment nobody works on it any more, unless it has been moved on.
        tries: how often it was taken up since it last got further.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    mechanism = models.CharField(_("机制"), max_length=60)
    transition = models.CharField(_("步骤"), max_length=60, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"))
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.WAITING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def active(self) -> bool:
        """Whether somebody is still working on it."""
        return self.state in ACTIVE

    @property
    def share(self) -> int:
        """How much is through, in hundredths."""
        return 100 * self.done // self.total if self.total else 0


class Upload(Job):
    """A sheet that was filled in and sent: first checked, then, once the person chose, made into entries.

    Attributes:
        body: whose entries they become.
        content: the file, until its rows are in the database.
        whole: whether all rows become entries or none; None as long as nobody has chosen.
        bad: rows with something wrong.
        sheet: the name of its main sheet; `letters` of its columns, by inner sheet and key.
        error: why it could not be read, by language.
    """

    version = models.PositiveSmallIntegerField(_("规则版本"), default=0)
    body = models.ForeignKey(
        "organization.Body", models.PROTECT, verbose_name=_("所属单位"), related_name="+"
    )
    name = models.CharField(_("文件名"), max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    content = models.BinaryField(null=True)
    whole = models.BooleanField(null=True)
    bad = models.PositiveIntegerField(default=0)
    sheet = models.CharField(max_length=40, blank=True)
    letters = models.JSONField(default=dict)
    error = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("批量登记")
        ordering: ClassVar = ["-at", "id"]
        indexes: ClassVar = [models.Index(fields=["mechanism", "by", "-at"], name="upload_of_person")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="upload_state_known"),
            models.CheckConstraint(condition=Q(bad__lte=F("total")), name="upload_bad_of_total"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def good(self) -> int:
        """Rows that become entries."""
        return self.total - self.bad


class Row(models.Model):
    """One row of a sheet: what was written, what is wrong with it, and the entry that it has become.

    Attributes:
        number: of the row in the sheet.
        ref: how rows of the other sheets name it.
        texts: by the keys of the columns; emptied once the entry is there.
        parts: rows of other sheets, by field; each with its number and its texts.
        faults: as `luoshi.apps.interface.returned.Fault` stores them.
        good: whether nothing is wrong.
    """

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    ref = models.CharField(max_length=60, blank=True)
    texts = models.JSONField(default=dict)
    parts = models.JSONField(default=dict)
    faults = models.JSONField(default=list)
    good = models.BooleanField(default=True)
    entry = models.OneToOneField("register.Entry", models.CASCADE, null=True, related_name="+")

    class Meta:
        verbose_name = _("导入行")
        ordering: ClassVar = ["upload", "number"]
        indexes: ClassVar = [
            models.Index(fields=["upload", "number"], condition=Q(good=False), name="row_with_faults"),
            models.Index(fields=["upload", "number"], condition=Q(good=True, entry=None), name="row_to_make"),
            models.Index(fields=["upload", "ref"], condition=~Q(ref=""), name="row_by_ref"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["upload", "number"], name="row_once"),
            models.CheckConstraint(condition=Q(entry=None) | Q(good=True), name="row_made_is_good"),
        ]

    def __str__(self) -> str:
        return f"{self.upload_id} {self.number}"


class Action(Job):
    """One step that is taken of many entries, with the same values."""

    values = models.JSONField(default=dict)
    reason = models.TextField(_("理由"), blank=True)

    class Meta:
        verbose_name = _("批量办理")
        ordering: ClassVar = ["-at", "id"]
        indexes: ClassVar = [models.Index(fields=["mechanism", "by", "-at"], name="action_of_person")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="action_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.mechanism} {self.transition}"


class Deed(models.Model):
    """What became of one entry of an action. `seen` is the revision that the person saw."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("待办理")
        DONE = "done", _("已办理")
        REFUSED = "refused", _("未办理")

    action = models.ForeignKey(Action, models.CASCADE, related_name="deeds")
    entry = models.ForeignKey("register.Entry", models.CASCADE, related_name="+")
    seen = models.PositiveIntegerField()
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome, default=Outcome.WAITING)
    why = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("批量办理的条目")
        ordering: ClassVar = ["action", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["action", "entry"], name="deed_once")]

    def __str__(self) -> str:
        return f"{self.action_id} {self.entry_id}"
