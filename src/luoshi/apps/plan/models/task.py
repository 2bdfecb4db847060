"""A task and what it says: bodies, measures, targets, deadlines, citations.

Rule of the product: edits keep the original beside them. Each row that a person may change carries `read`,
the values as the reader gave them (empty for a row that a person added), and is marked `removed` instead of
being deleted.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.apps.plan.models.plan import SPAN_IN_ORDER, Plan, Section


class Task(models.Model):
    """A numbered item that asks for something. `key` is its id in the reading (`t3`).

    `version` rises with every change of the task or of what belongs to it; who saves names
    the version they saw.
    """

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, verbose_name=_("方案"), related_name="tasks")
    section = models.ForeignKey(
        Section, models.CASCADE, null=True, verbose_name=_("章节"), related_name="tasks"
    )
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    key = models.CharField(max_length=20)
    position = models.PositiveIntegerField()
    number = models.TextField(_("编号"), blank=True)
    title = models.TextField(_("标题"), blank=True)
    text = models.TextField(_("原文"))
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    rule = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1)
    read = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("任务")
        ordering: ClassVar = ["plan", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "plan", "key"], name="task_key"),
            models.UniqueConstraint(fields=["region", "plan", "position"], name="task_position"),
            models.CheckConstraint(condition=SPAN_IN_ORDER, name="task_span"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="task_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip() or self.text[:30]


class CurrentManager(models.Manager[Any]):
    """Rows that were not removed."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(removed=False)


class TaskPart(models.Model):
    """What belongs to a task. Without a span it was added by a person. `objects` leaves removed rows out."""

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    rule = models.CharField(max_length=60, blank=True)
    removed = models.BooleanField(default=False)
    read = models.JSONField(default=dict)

    everything = models.Manager()
    objects = CurrentManager()

    class Meta:
        abstract = True
        # Relations (task.bodies) use the default manager too, so they show current rows only.
        default_manager_name = "objects"
        base_manager_name = "everything"

    @property
    def added(self) -> bool:
        """Whether a person put it here, not the reader."""
        return not self.read


def _part_constraints(name: str) -> list[models.BaseConstraint]:
    return [
        models.UniqueConstraint(fields=["region", "task", "position"], name=f"{name}_position"),
        models.CheckConstraint(
            condition=Q(start=None, end=None)
            | Q(start__isnull=False, end__isnull=False, start__lte=F("end")),
            name=f"{name}_span",
        ),
    ]


class TaskBody(TaskPart):
    """A body as a task names it: `name` as it is to be read, `printed` as it stands in the text."""

    class Role(models.TextChoices):
        LEAD = "lead", _("牵头")
        RESPONSIBLE = "responsible", _("责任")

    task = models.ForeignKey(Task, models.CASCADE, related_name="bodies")
    role = models.CharField(_("角色"), max_length=12, choices=Role)
    name = models.TextField(_("名称"))
    printed = models.TextField(_("原文写法"), blank=True)
    collective = models.BooleanField(_("统称"), default=False)
    body = models.ForeignKey(
        "organization.Body", models.PROTECT, null=True, verbose_name=_("登记单位"), related_name="mentions"
    )

    class Meta(TaskPart.Meta):
        verbose_name = _("任务单位")
        ordering: ClassVar = ["task", "position"]
        indexes: ClassVar = [models.Index(fields=["region", "body"], name="taskbody_by_body")]
        constraints: ClassVar = [
            *_part_constraints("taskbody"),
            models.CheckConstraint(condition=Q(role__in=["lead", "responsible"]), name="taskbody_role_known"),
            models.CheckConstraint(condition=~Q(name=""), name="taskbody_name_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name


class Measure(TaskPart):
    """A sentence of a task that asks for something."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="measures")
    text = models.TextField(_("举措"))

    class Meta(TaskPart.Meta):
        verbose_name = _("举措")
        ordering: ClassVar = ["task", "position"]
        constraints: ClassVar = _part_constraints("measure")

    def __str__(self) -> str:
        return self.text


class Target(TaskPart):
    """A number to reach."""

    class Comparator(models.TextChoices):
        AT_LEAST = ">=", _("不低于")
        AT_MOST = "<=", _("不高于")
        EQUAL = "=", _("等于")
        MORE = ">", _("超过")
        LESS = "<", _("低于")

    task = models.ForeignKey(Task, models.CASCADE, related_name="targets")
    quote = models.TextField(_("原文"), blank=True)
    comparator = models.CharField(_("比较"), max_length=2, choices=Comparator)
    value = models.DecimalField(_("数值"), max_digits=40, decimal_places=10)
    unit = models.TextField(_("单位"), blank=True)
    of = models.TextField(_("指标"), blank=True)
    per = models.TextField(_("每"), blank=True)
    by = models.TextField(_("期限"), blank=True)

    class Meta(TaskPart.Meta):
        verbose_name = _("目标")
        ordering: ClassVar = ["task", "position"]
        constraints: ClassVar = [
            *_part_constraints("target"),
            models.CheckConstraint(
                condition=Q(comparator__in=[">=", "<=", "=", ">", "<"]), name="target_comparator_known"
            ),
        ]

    def __str__(self) -> str:
        return self.quote or f"{self.of}{self.comparator}{self.value.normalize():f}{self.unit}"


class Deadline(TaskPart):
    """When a task is due; `value` as the reading writes it (`2025-12-31`, `yearly:Q1`, `ongoing`)."""

    class Kind(models.TextChoices):
        DATE = "date", _("日期")
        RECURRING = "recurring", _("周期")
        STANDING = "standing", _("长期")
        VAGUE = "vague", _("不明确")

    task = models.ForeignKey(Task, models.CASCADE, related_name="deadlines")
    quote = models.TextField(_("原文"), blank=True)
    kind = models.CharField(_("类型"), max_length=12, choices=Kind)
    value = models.CharField(_("时限"), max_length=60, blank=True)

    class Meta(TaskPart.Meta):
        verbose_name = _("时限")
        ordering: ClassVar = ["task", "position"]
        constraints: ClassVar = [
            *_part_constraints("deadline"),
            models.CheckConstraint(
                condition=Q(kind__in=["date", "recurring", "standing", "vague"]), name="deadline_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.quote or self.value


class Citation(TaskPart):
    """The title of a law, plan or other document that a task names."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="citations")
    title = models.TextField(_("文件名称"))

    class Meta(TaskPart.Meta):
        verbose_name = _("引用文件")
        ordering: ClassVar = ["task", "position"]
        constraints: ClassVar = _part_constraints("citation")

    def __str__(self) -> str:
        return self.title
