"""Filters of the lists of plans, tasks, findings and bodies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.apps.interface.filters import FilterForm, choice_field, search_field
from luoshi.apps.plan.models import Finding, Plan, Section, TaskBody
from luoshi.apps.plan.queries.names import BodyCount
from luoshi.apps.plan.queries.tasks import TaskFilter
from luoshi.apps.plan.queries.wording import FINDING_NAMES


class PlanFilterForm(FilterForm):
    """Which plans to list."""

    q = search_field(_("搜索"), _("标题、文号、机构"))
    status = choice_field(_("状态"), [("", _("全部状态")), *Plan.Status.choices])
    sort = choice_field(
        _("排序"), [("imported", _("最近导入")), ("date", _("成文日期")), ("title", _("标题"))]
    )


class TaskFilterForm(FilterForm):
    """Which tasks of a plan to list."""

    q = search_field(_("搜索"), _("任务、举措、单位"))
    chapter = choice_field(_("章节"), [])
    body = choice_field(_("单位"), [])
    role = choice_field(_("角色"), [("", _("全部角色")), *TaskBody.Role.choices])
    has = choice_field(
        _("内容"),
        [
            ("", _("全部任务")),
            ("target", _("有量化目标")),
            ("date", _("有日期或周期")),
            ("finding", _("有待处理疑点")),
            ("no-lead", _("没有牵头单位")),
        ],
    )
    sort = choice_field(
        _("排序"),
        [
            ("document", _("原文顺序")),
            ("due", _("到期先后")),
            ("bodies", _("单位多者在前")),
            ("findings", _("疑点多者在前")),
        ],
    )

    def __init__(self, data: Any, *, sections: list[Section], bodies: list[BodyCount]) -> None:
        super().__init__(data)
        indented = [(str(one.pk), "\u3000" * (one.level - 1) + str(one)) for one in sections]
        self._offer("chapter", [("", _("全部章节")), *indented])
        names = [(body.name, f"{body.name} ({body.tasks})") for body in bodies]
        self._offer("body", [("", _("全部单位")), *names])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above; for the type checker
        field.choices = choices

    def task_filter(self) -> TaskFilter:
        """The filter as queries take it."""
        wanted = self.wanted()
        return TaskFilter(
            text=wanted["q"],
            body=wanted["body"],
            role=wanted["role"],
            chapter=int(wanted["chapter"]) if wanted["chapter"] else None,
            has=wanted["has"],
            sort=wanted["sort"] or "document",
        )


class FindingFilterForm(FilterForm):
    """Which findings of a plan to list."""

    q = search_field(_("搜索"), _("任务编号或文字"))
    severity = choice_field(
        _("轻重"), [("", _("全部")), *((str(key), label) for key, label in Finding.Severity.choices)]
    )
    state = choice_field(_("状态"), [("", _("全部状态")), ("open", _("待处理")), ("settled", _("已处理"))])
    code = choice_field(_("类型"), [("", _("全部类型")), *FINDING_NAMES.items()])
    sort = choice_field(
        _("排序"), [("weight", _("重者在前")), ("document", _("原文顺序")), ("kind", _("类型"))]
    )


class BodyFilterForm(FilterForm):
    """Which bodies of a plan to list."""

    q = search_field(_("搜索"), _("单位名称"))
    role = choice_field(_("角色"), [("", _("全部角色")), *TaskBody.Role.choices])
    sort = choice_field(
        _("排序"),
        [("leads", _("牵头多者在前")), ("tasks", _("任务多者在前")), ("name", _("名称"))],
    )
