"""A plan, its headings and the sentences that rule how its lists are read."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

# What comes from a document has no upper length: text columns, so that no reading is ever cut.
# Spans count characters of the stored document's clean text; `end` is exclusive.
SPAN_IN_ORDER = Q(start__lte=F("end"))


class Plan(models.Model):
    """A plan as it was read from a document and settled by persons.

    `version` rises with every change of the plan itself (metadata, status); each task has its own. `read`
    keeps the metadata as the reader gave them, with their spans.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("草稿")
        CONFIRMED = "confirmed", _("已确认")
        ISSUED = "issued", _("已交办")

    region = models.ForeignKey(
        "organization.Region", models.PROTECT, verbose_name=_("地区"), related_name="+"
    )
    document = models.ForeignKey(
        "document.StoredDocument", models.PROTECT, verbose_name=_("文件"), related_name="plans"
    )
    status = models.CharField(_("状态"), max_length=10, choices=Status, default=Status.DRAFT)
    version = models.PositiveIntegerField(_("版本"), default=1)
    title = models.TextField(_("标题"), blank=True)
    issuer = models.TextField(_("发布机构"), blank=True)
    document_number = models.TextField(_("文号"), blank=True)
    index_number = models.TextField(_("索引号"), blank=True)
    date = models.TextField(_("成文日期"), blank=True)
    published = models.TextField(_("发布日期"), blank=True)
    validity = models.TextField(_("公文时效"), blank=True)
    recipients = models.JSONField(_("主送机关"), default=list)
    read = models.JSONField(_("读取结果"), default=dict)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("导入人"), related_name="+"
    )
    created_at = models.DateTimeField(_("导入时间"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("确认人"), related_name="+"
    )
    confirmed_at = models.DateTimeField(_("确认时间"), null=True)

    class Meta:
        verbose_name = _("方案")
        ordering: ClassVar = ["-created_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "document"], name="plan_once_a_document"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "confirmed", "issued"]), name="plan_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status="draft", confirmed_at=None)
                | Q(status__in=["confirmed", "issued"], confirmed_at__isnull=False),
                name="plan_confirmed_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("未命名方案"))


class Convention(models.Model):
    """A sentence of the document that rules how lists of bodies are read from there on."""

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="conventions")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=60)
    quote = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("读法约定")
        ordering: ClassVar = ["plan", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "plan", "position"], name="convention_position"),
            models.CheckConstraint(condition=SPAN_IN_ORDER, name="convention_span"),
        ]

    def __str__(self) -> str:
        return self.quote


class Section(models.Model):
    """A heading above tasks. `key` is its id in the reading (`s2`); `level` counts from 1."""

    region = models.ForeignKey("organization.Region", models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, verbose_name=_("方案"), related_name="sections")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    key = models.CharField(max_length=20)
    position = models.PositiveIntegerField()
    number = models.TextField(_("编号"), blank=True)
    title = models.TextField(_("标题"))
    level = models.PositiveSmallIntegerField(_("层级"))
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("章节")
        ordering: ClassVar = ["plan", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "plan", "key"], name="section_key"),
            models.UniqueConstraint(fields=["region", "plan", "position"], name="section_position"),
            models.CheckConstraint(condition=Q(level__gte=1), name="section_level_from_one"),
            models.CheckConstraint(condition=SPAN_IN_ORDER, name="section_span"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()
