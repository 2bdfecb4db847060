"""How a body is renamed, merged, split or replaced."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luoshi.apps.organization.models import Body
from luoshi.apps.organization.operations import Change
from luoshi.apps.registry.forms.names import BodiesField, RegistryForm, day_field, text_field

_DAY = _("新名称、新机构从这一天起；此前的方案仍指原来的单位。")


class ReorganizeForm(RegistryForm):
    """What all ways have in common: the body at hand and the day."""

    on = day_field(_("生效日期"), _DAY, required=True)

    def predecessors(self, body: Body) -> list[Body]:
        """The bodies as they are."""
        return [body]

    def successors(self, body: Body) -> list[Body | str]:
        """The bodies as they will be; a text is the name of a new one."""
        raise NotImplementedError


class RenameForm(ReorganizeForm):
    """Another name for the same body."""

    name = text_field(_("新名称"), required=True, help_text=_("旧名称留作原名，按日期仍能找到。"))
    field_order = ("name", "on")

    def successors(self, body: Body) -> list[Body | str]:
        return [self.cleaned_data["name"]]


class MergeForm(ReorganizeForm):
    """Several bodies become one."""

    others = BodiesField(label=_("与哪些单位合并"), rows=3, help_text=_("每行一个，应是名录中的单位。"))
    name = text_field(_("合并后的单位"), required=True, help_text=_("名录中已有的单位，或新单位的名称。"))
    field_order = ("others", "name", "on")

    def predecessors(self, body: Body) -> list[Body]:
        return [body, *(one for one in self.cleaned_data["others"] if one != body)]

    def successors(self, body: Body) -> list[Body | str]:
        text = self.cleaned_data["name"]
        return [self.names.find(text) or text]


class SplitForm(ReorganizeForm):
    """One body becomes several."""

    into = BodiesField(
        label=_("分设为哪些单位"),
        new=True,
        rows=4,
        help_text=_("每行一个，至少两个；原单位继续存在的，也写上它。名录中没有的按新单位登记。"),
    )
    field_order = ("into", "on")

    def clean_into(self) -> list[Body | str]:
        found: list[Body | str] = self.cleaned_data["into"]
        if len(found) < 2:
            self.add_error("into", gettext("分设后至少有两个单位；请每行写一个。"))
        return found

    def successors(self, body: Body) -> list[Body | str]:
        return list(self.cleaned_data["into"])


class ReplaceForm(ReorganizeForm):
    """Another body takes its place."""

    name = text_field(_("接替的单位"), required=True, help_text=_("名录中已有的单位，或新单位的名称。"))
    field_order = ("name", "on")

    def successors(self, body: Body) -> list[Body | str]:
        text = self.cleaned_data["name"]
        found = self.names.find(text)
        # A successor of the same name is a new body.
        return [text if found is None or found == body else found]


FORMS: dict[str, type[ReorganizeForm]] = {
    Change.RENAME: RenameForm,
    Change.MERGE: MergeForm,
    Change.SPLIT: SplitForm,
    Change.REPLACE: ReplaceForm,
}
LABELS = {
    Change.RENAME: _("更名"),
    Change.MERGE: _("合并"),
    Change.SPLIT: _("分设"),
    Change.REPLACE: _("更替"),
}
