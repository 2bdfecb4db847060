"""The form of the terms under which a plan is issued, and the rules of single tasks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.apps.plan.models import Task
from luoshi.apps.work.models import Issue, ReportingRule
from luoshi.apps.work.operations.issuing import IssueTerms
from luoshi.apps.work.queries.drafting import RuleValues

LONGEST_LIMIT = 250
OWN_RULE = [
    ("", _("按默认周期和文件规定")),
    ("monthly", _("每月")),
    ("quarterly", _("每季度")),
    ("half-yearly", _("每半年")),
    ("yearly", _("每年")),
]


def day_input() -> forms.DateInput:
    """A field for a day, filled in as HTML wants it."""
    return forms.DateInput({"type": "date", "class": "form-control"}, format="%Y-%m-%d")


def _days(label: Any, hint: Any, *, initial: int, least: int = 0, most: int = LONGEST_LIMIT) -> Any:
    return forms.IntegerField(
        label=label,
        help_text=hint,
        initial=initial,
        min_value=least,
        max_value=most,
        widget=forms.NumberInput({"class": "form-control", "inputmode": "numeric"}),
    )


class LimitsForm(forms.Form):
    """What may change after the issue too: limits in working days, and the last day."""

    last_day = forms.DateField(
        label=_("截止日期"),
        required=False,
        widget=day_input(),
        help_text=_("不填表示一直报送，直到办结。"),
    )
    signing_days = _days(_("签收时限(工作日)"), _("交办当日不计，逾期显示“签收逾期”。"), initial=5, least=1)
    opening_days = _days(
        _("提前开启(工作日)"), _("到期前多少个工作日开启填报，不少于最短通知。"), initial=10, least=3
    )
    notice_days = _days(
        _("最短通知(工作日)"), _("从开启到到期至少留多少个工作日，不少于3个。"), initial=3, least=3
    )
    cosigning_days = _days(
        _("会签时限(工作日)"), _("牵头报告送会签后，其他牵头单位答复的时间。"), initial=3, least=1
    )
    yellow_days = _days(_("黄灯：剩余工作日"), _("剩余工作日不多于此数时变黄；与下一项取先到者。"), initial=3)
    yellow_percent = _days(
        _("黄灯：剩余比例(%)"), _("剩余时间不多于全程的此比例时变黄。"), initial=20, most=100
    )
    most_extensions = _days(_("最多延期次数"), _("每个期次最多批准几次延期。"), initial=2, most=20)

    # What is filled in first; the rest can be left as it is.
    LIMITS = (
        "signing_days",
        "opening_days",
        "notice_days",
        "cosigning_days",
        "yellow_days",
        "yellow_percent",
        "most_extensions",
    )

    def limits(self) -> list[forms.BoundField]:
        """The limits, for a part of their own."""
        return [self[name] for name in self.LIMITS]


class TermsForm(LimitsForm):
    """All terms of an issue."""

    line = forms.ChoiceField(
        label=_("交办名义"),
        choices=Issue.Line,
        widget=forms.Select({"class": "form-select"}),
        help_text=_("决定对每个单位是交办还是商请，见下面的单位清单。"),
    )
    basis = forms.CharField(
        label=_("报送依据"),
        widget=forms.Textarea({"class": "form-control", "rows": 2}),
        max_length=2000,
        help_text=_("文件名称和条款；每份交办单和每次报送要求上都会写明。"),
    )
    recurrence = forms.ChoiceField(
        label=_("默认报送周期"),
        choices=Issue.Recurrence,
        initial=Issue.Recurrence.QUARTERLY,
        widget=forms.Select({"class": "form-select"}),
        help_text=_("文件对任务另有规定的，按文件。"),
    )
    first_day = forms.DateField(
        label=_("起算日期"),
        widget=day_input(),
        help_text=_("从这一天起的期次需要报送；交办前已到期的不补报。"),
    )
    without_empty = forms.BooleanField(
        label=_("暂不交办给还没有成员的统称"),
        required=False,
        widget=forms.CheckboxInput({"class": "form-check-input"}),
    )

    def clean(self) -> dict[str, Any]:
        """The days have to stand in order."""
        found: dict[str, Any] = super().clean() or {}
        first, last = found.get("first_day"), found.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("截止日期早于起算日期；请检查。"))
        return found

    def terms(self, rules: Mapping[int, Sequence[RuleValues]]) -> IssueTerms:
        """The terms as the operation takes them."""
        return IssueTerms(**self.cleaned_data, rules=rules)


class RulesForm(forms.Form):
    """Rules of single tasks that differ: a recurrence instead of the default, a day of its own."""

    def __init__(
        self, data: Any, *, tasks: Iterable[Task], rules: Mapping[int, Sequence[RuleValues]], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self._tasks, self._rules = list(tasks), rules
        for task in self._tasks:
            self.fields[f"rule-{task.pk}"] = forms.ChoiceField(
                label=_("周期"),
                required=False,
                choices=OWN_RULE,
                widget=forms.Select({"class": "form-select form-select-sm"}),
            )
            self.fields[f"day-{task.pk}"] = forms.DateField(
                label=_("另定一天"), required=False, widget=day_input()
            )

    def rows(self) -> list[tuple[Task, Sequence[RuleValues], forms.BoundField, forms.BoundField]]:
        """Each task with what the document says of it, and the two fields."""
        return [
            (task, self._said(task), self[f"rule-{task.pk}"], self[f"day-{task.pk}"]) for task in self._tasks
        ]

    @property
    def changed(self) -> bool:
        """Whether anything was set for a task."""
        return any(self[name].value() for name in self.fields)

    def _said(self, task: Task) -> list[RuleValues]:
        origin = ReportingRule.Origin.DEFAULT
        return [rule for rule in self._rules.get(task.pk, ()) if rule.origin != origin]

    def overrides(self) -> dict[int, list[RuleValues]]:
        """The rules of the tasks for which something was set."""
        office = ReportingRule.Origin.OFFICE.value
        found: dict[int, list[RuleValues]] = {}
        for task in self._tasks:
            recurrence = self.cleaned_data.get(f"rule-{task.pk}") or ""
            day = self.cleaned_data.get(f"day-{task.pk}")
            if not recurrence and day is None:
                continue
            rules = list(self._rules.get(task.pk, ()))
            if recurrence:
                rules = [RuleValues(recurrence, origin=office)]
            if day is not None and all(rule.day != day for rule in rules):
                rules.append(RuleValues(day=day, origin=office, ends=True))
            found[task.pk] = rules
        return found
