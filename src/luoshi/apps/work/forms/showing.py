"""Filters of the pages that show how the work stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.apps.interface.filters import FilterForm, choice_field, search_field
from luoshi.apps.plan.models import Section
from luoshi.apps.work.models import Assignment
from luoshi.apps.work.templatetags.work_words import light_word, period_words
from luoshi.core.calendar.periods import Period
from luoshi.core.work.lights import Light

Choices = Iterable[tuple[Any, str]]


class LightFilter(FilterForm):
    """A filter whose choices depend on what there is."""

    def offer(self, name: str, everything: Any, choices: Choices) -> None:
        """Fill a choice, headed by one that leaves nothing out."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above; for the type checker
        field.choices = [("", everything), *((str(key), label) for key, label in choices)]

    def number(self, name: str) -> int | None:
        """A chosen key as a number."""
        wanted = self.wanted()[name]
        return int(wanted) if wanted else None


def light_choices() -> list[tuple[str, str]]:
    """Every light by its word."""
    return [(light.value, light_word(light)) for light in Light]


def chapter_choices(sections: Iterable[Section]) -> list[tuple[int, str]]:
    """Headings, indented by their level."""
    return [(one.pk, "\u3000" * (one.level - 1) + str(one)) for one in sections]


class DeskFilter(LightFilter):
    """Which to-dos of one kind to list."""

    q = search_field(_("搜索"), _("任务或单位"))
    plan = choice_field(_("方案"), [])
    day = choice_field(_("日期"), [])
    sort = choice_field(_("排序"), [("day", _("日期先后")), ("task", _("原文顺序")), ("body", _("单位"))])

    def __init__(self, data: Any, *, plans: Choices, days: Iterable[tuple[date, str]]) -> None:
        super().__init__(data)
        self.offer("plan", _("全部方案"), plans)
        self.offer("day", _("全部日期"), days)


class MapFilter(LightFilter):
    """Which tasks of a plan to show."""

    q = search_field(_("搜索"), _("任务、单位"))
    light = choice_field(_("灯色"), [])
    chapter = choice_field(_("章节"), [])
    body = choice_field(_("单位"), [])
    sort = choice_field(
        _("排序"), [("document", _("原文顺序")), ("light", _("急者在前")), ("due", _("到期先后"))]
    )

    def __init__(self, data: Any, *, sections: Iterable[Section], bodies: Choices) -> None:
        super().__init__(data)
        self.offer("light", _("全部灯色"), light_choices())
        self.offer("chapter", _("全部章节"), chapter_choices(sections))
        self.offer("body", _("全部单位"), bodies)


class BodyTaskFilter(LightFilter):
    """Which tasks of a body to show."""

    q = search_field(_("搜索"), _("任务"))
    light = choice_field(_("灯色"), [])
    role = choice_field(_("角色"), [("", _("全部角色")), *Assignment.Role.choices])
    sort = choice_field(
        _("排序"), [("light", _("急者在前")), ("document", _("原文顺序")), ("due", _("到期先后"))]
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.offer("light", _("全部灯色"), light_choices())


class MatrixFilter(LightFilter):
    """Which bodies and chapters of the matrix to show."""

    q = search_field(_("搜索"), _("单位名称"))
    chapter = choice_field(_("章节"), [])

    def __init__(self, data: Any, *, sections: Iterable[Section]) -> None:
        super().__init__(data)
        self.offer("chapter", _("全部章节"), chapter_choices(sections))


class CalendarFilter(LightFilter):
    """Whose dates to show."""

    period = forms.CharField(required=False, widget=forms.HiddenInput())
    plan = choice_field(_("方案"), [])
    body = choice_field(_("单位"), [])

    def __init__(self, data: Any, *, plans: Choices, bodies: Choices) -> None:
        super().__init__(data)
        self.offer("plan", _("全部方案"), plans)
        self.offer("body", _("全部单位"), bodies)

    @property
    def narrows(self) -> bool:
        """Whether the filter leaves anything out; the period does not count."""
        wanted = self.wanted()
        return bool(wanted["plan"] or wanted["body"])


class BurdenFilter(LightFilter):
    """Whose burden to show, of which month."""

    q = search_field(_("搜索"), _("单位名称"))
    month = choice_field(_("月份"), [])
    sort = choice_field(
        _("排序"), [("requests", _("要求多者在前")), ("asked", _("填得多者在前")), ("name", _("名称"))]
    )

    def __init__(self, data: Any, *, months: Iterable[Period]) -> None:
        super().__init__(data)
        self.offer(
            "month", _("最近十二个月"), [(one.key, period_words(one.key)) for one in reversed([*months])]
        )
