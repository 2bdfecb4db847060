"""Every list as a workbook: what its page gives, with the same filters.

The call is the page itself, asked for its workbook in the name of whoever has the token: filter, columns and
what may be seen are written once.
"""

from __future__ import annotations

from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Annotated, Any, Literal

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Path
from ninja.params import functions
from pydantic import ConfigDict, Field, create_model

from luoshi.apps.accounts.forms.filters import LogFilterForm, PeopleFilterForm, RegionFilterForm
from luoshi.apps.accounts.views import log, managing, people
from luoshi.apps.alignment.forms import filters as aligned
from luoshi.apps.alignment.views import above, comparisons, links
from luoshi.apps.api.area import Area, Key, Sent
from luoshi.apps.api.routers.issuing import open_issue
from luoshi.apps.binding.forms.filters import BindingFilter
from luoshi.apps.binding.views import listing as bindings
from luoshi.apps.bulletin.forms.bulletin import BulletinFilter, RowFilter
from luoshi.apps.bulletin.views import listing as bulletins
from luoshi.apps.indicator.forms.period import PeriodForm
from luoshi.apps.indicator.views import pages as indicators
from luoshi.apps.interface.sheets import CONTENT_TYPE
from luoshi.apps.plan.forms import filters as plan_filters
from luoshi.apps.plan.views import body as plan_bodies
from luoshi.apps.plan.views import findings, listing, match
from luoshi.apps.registry.forms import filters as registry_filters
from luoshi.apps.registry.views import group
from luoshi.apps.registry.views import listing as registry
from luoshi.apps.supervision.forms.order import OrderFilter
from luoshi.apps.supervision.views import listing as orders
from luoshi.apps.work.forms import deciding, showing, steering
from luoshi.apps.work.queries.desk import BY_KEY
from luoshi.apps.work.views import (
    agenda,
    burden,
    desk,
    evidence,
    extending,
    issuing,
    matrix,
    plan_map,
    queues,
    signing,
)
from luoshi.apps.work.views import body as work_body
from luoshi.core.supervision.bulletin import FIGURES

area = Area("sheets")
View = Callable[..., HttpResponse]
# Pages that say so when a plan was not issued, instead of listing anything.
AT_WORK = (plan_map.work_map, matrix.matrix, work_body.work_body)
# Calls whose name would be that of another.
NAMES = {
    "plans/{plan}/bodies": "plan_bodies",
    "plans/{plan}/findings": "findings",
    "plans/{plan}/names": "names",
    "plans/{plan}/bindings": "bindings",
    "groups/{body}/members": "members",
    "plans/{plan}/signed": "signed",
    "occurrences/{occurrence}/collecting": "collecting",
    "desk/{kind}": "waiting",
    "plans/{plan}/map": "map",
    "plans/{plan}/matrix": "matrix",
    "plans/{plan}/bodies/{body}": "body",
    "bulletins/{bulletin}/figures/{figure}": "rows",
    "comparisons/{comparison}": "comparison",
    "above/regions/{code}": "above_regions",
    "above/regions/{code}/plans": "above_plans",
    "above/plans/{issued}": "above_tasks",
}


class Asked(Sent):
    """What of a list; filters are those of the page."""

    model_config = ConfigDict(extra="ignore")


class NamesForm(forms.Form):
    """Which names of a plan."""

    q = forms.CharField(max_length=80)
    only = forms.ChoiceField(choices=[("matched", ""), ("unmatched", "")])


class ComparisonForm(aligned.StandingFilter):
    """Which side of a comparison, and which of it."""

    view = forms.ChoiceField(choices=[(one, "") for one in comparisons.VIEWS])


# Parts of a path: as the page calls them, and what stands there.
Parts = dict[str, tuple[str, Any]]
Code = Annotated[str, Path(min_length=1, max_length=12)]
PLAN: Parts = {"plan": ("plan", Key)}
BODY: Parts = {"body": ("body", Key)}
REGION: Parts = {"code": ("code", Code)}
KIND: Parts = {"kind": ("kind", Literal[tuple(BY_KEY)])}
FIGURE: Parts = {"figure": ("figure", Literal[FIGURES])}
ISSUED: Parts = {"issued": ("plan", Key)}


def _key(name: str) -> Parts:
    return {name: (name, Key)}


def _sheet(
    path: str, view: View, form: type[forms.Form] | None, words: str, *scopes: str, parts: Parts | None = None
) -> None:
    """Declare the call that gives the list of a page as a workbook.

    Args:
        path: below `/sheets/`.
        view: of the page.
        form: its filter.
        words: what the list holds.
        scopes: of tokens that reach it; `read` when none is named.
        parts: of the path.
    """
    given = parts or {}

    def taken(request: HttpRequest, **sent: Any) -> HttpResponse:
        if "plan" in sent and view in AT_WORK:
            open_issue(request, sent["plan"])
        wanted = request.GET.copy()
        wanted["format"] = "xlsx"
        request.GET = wanted  # type: ignore[assignment]
        response = view(request, **{given[name][0]: value for name, value in sent.items() if name in given})
        if response["Content-Type"] != CONTENT_TYPE:
            raise Http404
        return response

    name = NAMES.get(path, path)
    taken.__name__, taken.__doc__ = name, f"{words} as a workbook, all pages of it."
    kind = Parameter.POSITIONAL_OR_KEYWORD
    first = Parameter("request", kind, annotation=HttpRequest)
    stands = [Parameter(part, kind, annotation=annotation) for part, (_name, annotation) in given.items()]
    asked = Parameter("asked", kind, annotation=_filters(name, form), default=functions.Query(...))
    taken.__signature__ = Signature([first, *stands, asked])  # type: ignore[attr-defined]
    permission: str = view.luoshi_permission  # type: ignore[attr-defined]
    area.read(f"/sheets/{path}", permission, None, *scopes)(taken)


def _filters(name: str, form: type[forms.Form] | None) -> Any:
    """The filter of a page as what a call may ask for; a choice has to be one that is offered."""
    fields: dict[str, Any] = {}
    for key, field in (form.base_fields if form else {}).items():
        choices = [str(value) for value, _label in getattr(field, "choices", None) or ()]
        kind = Literal[("", *choices)] if choices else Annotated[str, Field(max_length=200)]
        fields[key] = (kind, Field("", description=str(field.label or key)))
    return create_model(f"{name.title().replace('_', '')}Wanted", __base__=Asked, **fields)


_sheet("plans", listing.plan_list, plan_filters.PlanFilterForm, "Plans")
_sheet("plans/{plan}/bodies", plan_bodies.bodies, plan_filters.BodyFilterForm, "Bodies of a plan", parts=PLAN)
_sheet("plans/{plan}/findings", findings.findings, plan_filters.FindingFilterForm, "Findings", parts=PLAN)
_sheet("plans/{plan}/names", match.names, NamesForm, "Names of a plan", parts=PLAN)
_sheet("bodies", registry.body_list, registry_filters.BodyFilterForm, "Registered bodies")
_sheet("groups", registry.group_list, registry_filters.GroupFilterForm, "Groups")
_sheet("groups/{body}/members", group.members, registry_filters.MemberFilterForm, "Members", parts=BODY)
_sheet("plans/{plan}/bindings", bindings.bindings, BindingFilter, "Mechanisms of a plan", parts=PLAN)
_sheet("plans/{plan}/signed", issuing.issued, steering.IssuedFilter, "Who has signed", parts=PLAN)
_sheet("unsigned", signing.signing, steering.SigningFilter, "What waits to be signed", "report")
_sheet("extensions", extending.extensions, steering.ExtensionFilter, "Requests for more time")
_sheet("accepting", queues.accepting, deciding.QueueForm, "Reports to accept", "office")
_sheet("approving", queues.approving, deciding.QueueForm, "Reports to approve", "report")
_sheet(
    "occurrences/{occurrence}/collecting",
    queues.collecting,
    deciding.CollectingFilter,
    "What bodies say of a period",
    parts=_key("occurrence"),
)
_sheet("evidence", evidence.evidence, deciding.FileFilter, "Files of bodies")
_sheet("desk/{kind}", desk.desk_list, showing.DeskFilter, "To-dos of one kind", parts=KIND)
_sheet("due", agenda.work_calendar, showing.CalendarFilter, "What comes due")
_sheet("burden", burden.work_burden, showing.BurdenFilter, "What reporting costs")
_sheet("plans/{plan}/map", plan_map.work_map, showing.MapFilter, "Tasks by lights", parts=PLAN)
_sheet("plans/{plan}/matrix", matrix.matrix, showing.MatrixFilter, "Bodies against tasks", parts=PLAN)
_sheet(
    "plans/{plan}/bodies/{body}",
    work_body.work_body,
    showing.BodyTaskFilter,
    "Tasks of a body",
    parts=PLAN | BODY,
)
_sheet("orders", orders.orders, OrderFilter, "Supervision orders")
_sheet("bulletins", bulletins.bulletins, BulletinFilter, "Bulletins")
_sheet(
    "bulletins/{bulletin}/figures/{figure}",
    bulletins.figure,
    RowFilter,
    "The list behind a number",
    parts=_key("bulletin") | FIGURE,
)
_sheet("links", links.links, aligned.LinkFilter, "Linked tasks")
_sheet(
    "comparisons/{comparison}",
    comparisons.comparison,
    ComparisonForm,
    "A comparison",
    parts=_key("comparison"),
)
_sheet("above/regions/{code}", above.region, aligned.ChildFilter, "Regions beneath", parts=REGION)
_sheet("above/regions/{code}/plans", above.plans, aligned.PlanFilter, "Plans beneath", parts=REGION)
_sheet("above/plans/{issued}", above.plan, aligned.AboveFilter, "Tasks of a plan beneath", parts=ISSUED)
_sheet("indicators", indicators.indicators, PeriodForm, "Numbers of registers")
_sheet("accounts", people.account_list, PeopleFilterForm, "Accounts", "system", "security")
_sheet("regions", managing.region_list, RegionFilterForm, "Regions", "system")
_sheet("log", log.log, LogFilterForm, "Entries of the audit log", "audit")
