"""A body and its other names."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luoshi.apps.organization.models import Body, BodyAlias, Region
from luoshi.apps.organization.operations import AliasValues
from luoshi.apps.organization.operations.bodies import FIELDS
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.registry.forms.names import (
    BodyField,
    Names,
    RegistryForm,
    choice_field,
    day_field,
    text_field,
)
from luoshi.apps.registry.queries.workbook import references
from luoshi.core.credit_code import WrongCreditCode, verified

# Rows for names that are not there yet.
BLANK_ROWS = 2


class BodyForm(RegistryForm):
    """What the registry says of a body. `version` is that of the body that the person saw."""

    name = text_field(_("名称"), required=True, help_text=_("方案中通常使用的名称，如“区司法局”。"))
    full_name = text_field(_("全称"))
    short_name = text_field(_("简称"))
    kind = choice_field(_("类别"), Body.Kind.choices)
    line = choice_field(_("系统"), Body.Line.choices)
    level = choice_field(_("级别"), [("", _("未填")), *Region.Level.choices], required=False)
    parent = BodyField(label=_("上级单位"), required=False)
    credit_code = text_field(
        _("统一社会信用代码"), limit=40, help_text=_("18 位，第 3 至 8 位是行政区划代码；末位校验。")
    )
    active_from = day_field(_("设立日期"))
    active_to = day_field(_("撤销日期"), _("单位存在的最后一天；仍在运行的不填。"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_level(self) -> int | None:
        return int(self.cleaned_data["level"]) if self.cleaned_data["level"] else None

    def clean_credit_code(self) -> str:
        text = self.cleaned_data["credit_code"]
        try:
            return verified(text) if text else ""
        except WrongCreditCode as error:
            raise ValidationError(_told(error)) from error

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        _check_order(self, given.get("active_from"), given.get("active_to"), "active_to")
        return given

    def values(self) -> dict[str, Any]:
        """What was written, as the operations take it."""
        return {name: self.cleaned_data[name] for name in FIELDS}


class AliasForm(forms.Form):
    """Another name; a row without a name counts as none."""

    name = text_field(_("别名"))
    kind = choice_field(_("类别"), BodyAlias.Kind.choices, required=False)
    valid_from = day_field(_("启用日期"))
    valid_to = day_field(_("停用日期"))
    remove = forms.BooleanField(label=_("移除"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("name"):
            _check_order(self, given.get("valid_from"), given.get("valid_to"), "valid_to")
        elif not given.get("remove") and (given.get("valid_from") or given.get("valid_to")):
            self.add_error("name", gettext("请填写别名，或清空这一行。"))
        return given


ALIASES = forms.formset_factory(AliasForm, extra=BLANK_ROWS)


class BodyForms:
    """The form of a body and those of its other names together.

    Args:
        region: code.
        body: with `aliases`; None for a new one.
        data: what the person sent; None to begin with what is stored.
        collective: whether a new one is likely to be a group.
    """

    def __init__(
        self, region: str, body: Body | None = None, data: Any = None, *, collective: bool = False
    ) -> None:
        self.names = Names(region)
        self.body = BodyForm(data, initial=_initial(body, region, collective), names=self.names)
        stored = [_alias(alias) for alias in body.aliases.all()] if body else []
        self.aliases = ALIASES(data, initial=stored, prefix="alias")

    def is_valid(self) -> bool:
        """Whether everything that was written can be kept."""
        return all([self.body.is_valid(), self.aliases.is_valid()])

    def alias_values(self) -> list[AliasValues]:
        """All other names as they should be."""
        return [
            AliasValues(given["name"], given["kind"] or "alias", given["valid_from"], given["valid_to"])
            for given in (form.cleaned_data for form in self.aliases)
            if given.get("name") and not given.get("remove")
        ]


def _initial(body: Body | None, region: str, collective: bool) -> dict[str, Any]:
    if body is None and collective:
        return {"kind": Body.Kind.GROUP, "line": Body.Line.OTHER}
    if body is None:
        return {"kind": Body.Kind.ORGAN, "line": Body.Line.GOVERNMENT}
    parent = references(region)[body.parent_id] if body.parent_id else ""
    return {**{name: getattr(body, name) for name in FIELDS}, "parent": parent, "version": body.version}


def _alias(alias: BodyAlias) -> dict[str, Any]:
    return {name: getattr(alias, name) for name in ("name", "kind", "valid_from", "valid_to")}


def _check_order(form: forms.Form, start: Any, end: Any, field: str) -> None:
    if start and end and end < start:
        form.add_error(field, gettext("截止日期早于起始日期；请改正其中一个。"))


def _told(error: WrongCreditCode) -> str:
    return error.message(language())
