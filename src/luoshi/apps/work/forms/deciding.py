"""Filters of the queues and of the list of files, and the forms of a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.apps.interface.filters import FilterForm, choice_field, search_field
from luoshi.apps.plan.models import Section
from luoshi.apps.plan.queries.tasks import below
from luoshi.apps.work.forms.showing import LightFilter, chapter_choices
from luoshi.apps.work.queries.queues import QueueFilter
from luoshi.apps.work.templatetags.work_words import period_words

Choices = Iterable[tuple[Any, str]]
# What the file dialogue offers; what a file is, is told by its content.
SUFFIXES = ".pdf,.ofd,.docx,.doc,.xlsx,.xls,.pptx,.ppt,.wps,.et,.dps,.odt,.ods,.rtf,.txt,.csv,image/*"


class QueueForm(LightFilter):
    """Which reports of a queue to list."""

    q = search_field(_("搜索"), _("任务或单位"))
    plan = choice_field(_("方案"), [])
    chapter = choice_field(_("章节"), [])
    body = choice_field(_("单位"), [])
    period = choice_field(_("期次"), [])
    kind = choice_field(
        _("内容"),
        [
            ("", _("全部")),
            ("unchanged", _("无变化")),
            ("changed", _("有新内容")),
            ("joint", _("牵头报告")),
        ],
    )
    sort = choice_field(
        _("排序"),
        [
            ("waiting", _("先提交的在前")),
            ("due", _("到期先后")),
            ("task", _("原文顺序")),
            ("body", _("单位")),
        ],
    )

    def __init__(
        self,
        data: Any,
        *,
        plans: Mapping[int, str],
        sections: list[Section],
        bodies: Choices,
        periods: Iterable[str],
    ) -> None:
        super().__init__(data)
        self._sections = sections
        self.offer("plan", _("全部方案"), plans.items())
        self.offer("chapter", _("全部章节"), chapter_choices(sections))
        self.offer("body", _("全部单位"), bodies)
        self.offer("period", _("全部期次"), ((key, period_words(key)) for key in periods))

    def queue_filter(self) -> QueueFilter:
        """The filter as queries take it."""
        wanted, chapter = self.wanted(), self.number("chapter")
        return QueueFilter(
            text=wanted["q"],
            plan=self.number("plan"),
            sections=below(chapter, self._sections) if chapter else (),
            body=self.number("body"),
            period=wanted["period"],
            kind=wanted["kind"],
            sort=wanted["sort"] or "waiting",
        )


class FileFilter(LightFilter):
    """Which files to list."""

    q = search_field(_("搜索"), _("文件名或说明"))
    state = choice_field(
        _("状态"),
        [
            ("", _("全部")),
            ("current", _("有效")),
            ("soon", _("30天内到期")),
            ("expired", _("已过期")),
            ("replaced", _("已有新版")),
            ("unused", _("没有报送使用")),
        ],
    )
    body = choice_field(_("单位"), [])
    sort = choice_field(
        _("排序"),
        [("new", _("最近上传")), ("name", _("文件名")), ("expiry", _("有效期")), ("size", _("大小"))],
    )

    def __init__(self, data: Any, *, bodies: Choices) -> None:
        super().__init__(data)
        self.offer("body", _("全部单位"), bodies)


class CollectingFilter(FilterForm):
    """Which bodies of a task to list."""

    q = search_field(_("搜索"), _("单位名称"))
    heard = choice_field(
        _("状态"),
        [
            ("", _("全部状态")),
            ("waiting", _("还没有报送")),
            ("reported", _("已报送")),
            ("unchanged", _("无变化")),
        ],
    )
    sort = choice_field(
        _("排序"), [("role", _("牵头在前")), ("waiting", _("未报送在前")), ("name", _("单位"))]
    )


class FileForm(forms.Form):
    """A file to keep, and until when it proves something."""

    file = forms.FileField(
        label=_("文件"),
        allow_empty_file=True,
        widget=forms.FileInput({"class": "form-control", "accept": SUFFIXES}),
        error_messages={"required": _("还没有选择文件；请选择后再上传。")},
    )
    note = forms.CharField(
        label=_("说明"), required=False, max_length=200, widget=forms.TextInput({"class": "form-control"})
    )
    expires_on = forms.DateField(
        label=_("有效期至"),
        required=False,
        widget=forms.DateInput({"class": "form-control", "type": "date"}, format="%Y-%m-%d"),
    )


class ExpiryForm(forms.Form):
    """Until when a file proves something; empty for always."""

    expires_on = forms.DateField(
        label=_("有效期至"),
        required=False,
        widget=forms.DateInput({"class": "form-control", "type": "date"}, format="%Y-%m-%d"),
    )
