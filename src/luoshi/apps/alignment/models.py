"""Links between tasks of one region, and comparisons of a plan with texts from above."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

SETTLEMENTS = ("suggested", "confirmed", "refused")


class Settlement(models.TextChoices):
    """What a person says of two duties that the text puts together."""

    SUGGESTED = "suggested", _("待确认")
    CONFIRMED = "confirmed", _("已确认")
    REFUSED = "refused", _("已否定")


class Settled(models.Model):
    """Two duties, how alike they are, why, and what a person has said of it.

    `score` is a share from 0 to 1. `reasons` holds `shared` (words, where they start in the left and in the
    right text), `bodies`, `targets` and `cited`. `version` rises with every settlement.
    """

    score = models.DecimalField(_("相似度"), max_digits=5, decimal_places=4)
    reasons = models.JSONField(default=dict)
    state = models.CharField(_("状态"), max_length=10, choices=Settlement, default=Settlement.SUGGESTED)
    by_hand = models.BooleanField(_("人工添加"), default=False)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(_("确认时间"), null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


def _settled_constraints(name: str) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(condition=Q(state__in=SETTLEMENTS), name=f"{name}_state_known"),
        models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name=f"{name}_score_is_a_share"),
        models.CheckConstraint(
            condition=Q(state="suggested", settled_at=None)
            | Q(state__in=["confirmed", "refused"], settled_at__isnull=False),
            name=f"{name}_settled_has_time",
        ),
    ]


class Link(Settled):
    """Two tasks of different plans of a region that may be the same duty; `first` has the smaller key."""

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    first = models.ForeignKey("plan.Task", models.CASCADE, verbose_name=_("任务"), related_name="+")
    second = models.ForeignKey("plan.Task", models.CASCADE, verbose_name=_("任务"), related_name="+")

    class Meta:
        verbose_name = _("任务关联")
        ordering: ClassVar = ["region", "-score", "id"]
        indexes: ClassVar = [models.Index(fields=["region", "state", "score"], name="link_by_state")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="link_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="link_in_order"),
            *_settled_constraints("link"),
        ]

    def __str__(self) -> str:
        return f"{self.first} = {self.second}"


class Comparison(models.Model):
    """A plan beside a text from above."""

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    plan = models.ForeignKey("plan.Plan", models.CASCADE, verbose_name=_("方案"), related_name="comparisons")
    document = models.ForeignKey(
        "document.StoredDocument", models.PROTECT, verbose_name=_("上级文件"), related_name="+"
    )
    title = models.TextField(_("标题"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("对照时间"))

    class Meta:
        verbose_name = _("上级文件对照")
        ordering: ClassVar = ["plan", "-made_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "document"], name="comparison_once"),
            models.CheckConstraint(condition=~Q(title=""), name="comparison_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title


class Clause(models.Model):
    """A clause of the text from above: one of its tasks, numbered items or paragraphs.

    `needless` is why a person says that it needs no task here; empty as long as nobody does. `version` rises
    whenever that changes.
    """

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="clauses")
    position = models.PositiveIntegerField()
    number = models.TextField(_("编号"), blank=True)
    text = models.TextField(_("条款原文"))
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    needless = models.TextField(_("本级无需任务的理由"), blank=True)
    needless_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    needless_at = models.DateTimeField(_("标记时间"), null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("上级条款")
        ordering: ClassVar = ["comparison", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["comparison", "position"], name="clause_position"),
            models.CheckConstraint(condition=Q(start__lte=F("end")), name="clause_span"),
            models.CheckConstraint(
                condition=Q(needless="", needless_by=None, needless_at=None)
                | (~Q(needless="") & Q(needless_by__isnull=False, needless_at__isnull=False)),
                name="clause_needless_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.text[:30]


class Pair(Settled):
    """A clause from above and a task that may carry it out."""

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="pairs")
    clause = models.ForeignKey(Clause, models.CASCADE, related_name="pairs")
    task = models.ForeignKey("plan.Task", models.CASCADE, related_name="clauses")

    class Meta:
        verbose_name = _("条款对应")
        ordering: ClassVar = ["clause", "-score", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clause", "task"], name="pair_once"),
            *_settled_constraints("pair"),
        ]

    def __str__(self) -> str:
        return f"{self.clause} → {self.task}"
