"""What is bound to a task, which entry answered a request, and numbers as a report carried them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

KINDS = ("mechanism", "target", "duty")
STATES = ("suggested", "confirmed", "declined")


class Binding(models.Model):
    """A mechanism for a task, one of its indicators for a target, or one of its duties for the bodies.

    `part` is the key of the indicator or of the duty, empty for the mechanism itself. `reasons` holds
    `words`: each word of the declaration with its characters in the text of the task. `same_as` is of a duty:
    the recurrence of the plan's own duty that is the same one; empty where it is asked for itself. `version`
    rises with every settlement.
    """

    class Kind(models.TextChoices):
        MECHANISM = "mechanism", _("机制")
        TARGET = "target", _("目标")
        DUTY = "duty", _("定期事项")

    class State(models.TextChoices):
        SUGGESTED = "suggested", _("待确认")
        CONFIRMED = "confirmed", _("已确认")
        DECLINED = "declined", _("已否定")

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    plan = models.ForeignKey("plan.Plan", models.CASCADE, verbose_name=_("方案"), related_name="bindings")
    task = models.ForeignKey("plan.Task", models.CASCADE, verbose_name=_("任务"), related_name="bindings")
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    mechanism = models.CharField(_("机制"), max_length=60)
    part = models.CharField(max_length=60, blank=True)
    target = models.ForeignKey("plan.Target", models.CASCADE, null=True, related_name="bindings")
    certain = models.BooleanField(_("确定"), default=False)
    reasons = models.JSONField(default=dict)
    same_as = models.CharField(max_length=20, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.SUGGESTED)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(_("确认时间"), null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("任务与机制的绑定")
        ordering: ClassVar = ["task", "mechanism", "kind", "id"]
        indexes: ClassVar = [
            models.Index(fields=["plan", "state", "kind"], name="binding_by_state"),
            models.Index(fields=["region", "mechanism", "state"], name="binding_by_mechanism"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["task", "kind", "mechanism", "part"], condition=Q(target=None), name="binding_once"
            ),
            models.UniqueConstraint(
                fields=["target", "mechanism", "part"],
                condition=Q(target__isnull=False),
                name="binding_once_a_target",
            ),
            models.UniqueConstraint(
                fields=["target"],
                condition=Q(state="confirmed", target__isnull=False),
                name="binding_one_number_a_target",
            ),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="binding_kind_known"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="binding_state_known"),
            models.CheckConstraint(
                condition=Q(kind="mechanism", part="", target=None)
                | (Q(kind="target", target__isnull=False) & ~Q(part=""))
                | (Q(kind="duty", target=None) & ~Q(part="")),
                name="binding_parts_fit_kind",
            ),
            models.CheckConstraint(
                condition=Q(state="suggested", settled_at=None)
                | Q(state__in=["confirmed", "declined"], settled_at__isnull=False),
                name="binding_settled_has_time",
            ),
            models.CheckConstraint(condition=Q(kind="duty") | Q(same_as=""), name="binding_same_duty"),
        ]

    def __str__(self) -> str:
        return f"{self.mechanism} {self.part}".strip()


class Fulfilment(models.Model):
    """The entry that answered a request of work, because it is the fact that the request asks for."""

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    occurrence = models.OneToOneField("work.Occurrence", models.CASCADE, related_name="fulfilment")
    binding = models.ForeignKey(Binding, models.CASCADE, related_name="fulfilments")
    entry = models.ForeignKey("register.Entry", models.CASCADE, related_name="fulfilments")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("条目回答的报送要求")
        ordering: ClassVar = ["occurrence"]

    def __str__(self) -> str:
        return f"{self.occurrence} ← {self.entry}"


class CarriedFigure(models.Model):
    """A number as it stood when a report was sent; nothing changes it afterwards.

    `whole` says whether it is that of the region, as the leads report it, or of the reporting body. `label`
    holds the words of the indicator in both languages, `lacking` the names of the bodies that have none.
    """

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    report = models.ForeignKey("work.Report", models.CASCADE, related_name="figures")
    revision = models.PositiveIntegerField()
    position = models.PositiveSmallIntegerField()
    mechanism = models.CharField(max_length=60)
    indicator = models.CharField(max_length=60)
    target = models.TextField(blank=True)
    whole = models.BooleanField()
    period = models.CharField(max_length=10, blank=True)
    label = models.JSONField()
    words = models.JSONField()
    standing = models.CharField(max_length=20)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    top = models.DecimalField(max_digits=24, decimal_places=6)
    base = models.DecimalField(max_digits=24, decimal_places=6)
    entries = models.PositiveIntegerField()
    lacking = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("随报送固定的数值")
        ordering: ClassVar = ["report", "revision", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "revision", "position"], name="carried_figure_once"),
            models.CheckConstraint(
                condition=Q(standing="value", value__isnull=False)
                | Q(standing__in=["missing", "not-applicable"], value=None),
                name="carried_figure_value_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} v{self.revision} {self.indicator}"
