"""The numbers of a region, and one of them down to the entries it is made of."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luoshi.apps.indicator.forms.period import PeriodForm
from luoshi.apps.indicator.queries.figures import Figures
from luoshi.apps.indicator.queries.goals import reached
from luoshi.apps.indicator.queries.scope import Scope, scopes
from luoshi.apps.indicator.templatetags.indicator_words import figure_words
from luoshi.apps.interface.lists import list_response, page_of
from luoshi.apps.interface.sheets import sheet_response, wants_sheet
from luoshi.apps.organization.access import person, requires
from luoshi.apps.organization.models import Body
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.queries.acting import mechanisms_of
from luoshi.core.indicator.declaration import Indicator, Measure
from luoshi.core.mechanism.declaration import THEMES, Mechanism


@requires("indicator.view")
@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """All numbers of a region and a period, by mechanism."""
    form, today = _form(request), timezone.localdate()
    scope, period = form.scope, form.chosen
    order = {theme: number for number, theme in enumerate(THEMES)}
    found = sorted(mechanisms_of(person(request)), key=lambda one: (order[one.theme], one.key))
    figures = Figures(scope.region.pk, period, bodies=scope.bodies)
    groups = []
    for mechanism in found:
        rows = []
        for indicator in mechanism.indicators:
            figure = figures.of(mechanism.key, indicator)
            rows.append((indicator, figure, reached(indicator, figure, today)))
        if rows:
            groups.append((mechanism, rows))
    if wants_sheet(request):
        return _sheet(groups)
    themes = [(theme, list(rows)) for theme, rows in groupby(groups, key=lambda one: one[0].theme)]
    context = {"section": "registers", "form": form, "scope": scope, "period": period, "themes": themes}
    return list_response(request, "indicator/list.html", "indicator/partials/results.html", context)


@requires("indicator.view")
@require_safe
def indicator(request: HttpRequest, key: str, indicator: str) -> HttpResponse:
    """One number: by body, who lacks what, and the entries behind it."""
    mechanism, wanted = named(key, indicator)
    form, today = _form(request), timezone.localdate()
    scope, period = form.scope, form.chosen
    figures = Figures(scope.region.pk, period, mechanism=mechanism.key, bodies=scope.bodies)
    figure, body = figures.of(mechanism.key, wanted), _body(request, scope)
    rows = figures.behind(mechanism.key, wanted, person(request))
    gone = figures.destroyed(mechanism.key, wanted)
    if body is not None:
        rows, gone = rows.filter(body=body), gone.filter(body=body)
    context = {
        "section": "registers",
        "form": form,
        "scope": scope,
        "period": period,
        "mechanism": mechanism,
        "indicator": wanted,
        "figure": figure,
        "reached": reached(wanted, figure, today),
        "bodies": figures.by_body(mechanism.key, wanted),
        "lacking": figures.names(figure.lacking),
        "body": body,
        "page": page_of(request, rows),
        "destroyed": gone.count(),
        "coverage": wanted.measure is Measure.COVERAGE,
    }
    return list_response(request, "indicator/one.html", "indicator/partials/one_results.html", context)


def _form(request: HttpRequest) -> PeriodForm:
    found = scopes(person(request))
    if not found:
        raise PermissionDenied
    return PeriodForm(request.GET, scopes=found, today=timezone.localdate(), language=language())


def named(key: str, indicator: str) -> tuple[Mechanism, Indicator]:
    """The indicator that an address names, with its mechanism.

    Raises:
        Http404: there is none.
    """
    mechanism = catalogue().versions.get(key, (None,))[-1]
    if mechanism is None or indicator not in mechanism.indicator:
        raise Http404
    return mechanism, mechanism.indicator[indicator]


def _body(request: HttpRequest, scope: Scope) -> Body | None:
    said = request.GET.get("body", "")
    if not (said.isascii() and said.isdigit() and len(said) < 18):
        return None
    if scope.bodies is not None and int(said) not in scope.bodies:
        raise PermissionDenied
    return Body.objects.filter(region=scope.region, pk=int(said)).first()


def _sheet(groups: list[tuple[Mechanism, list[Any]]]) -> HttpResponse:
    heads = [
        (_("机制"), 26),
        (_("指标"), 36),
        (_("数值"), 14),
        (_("分子"), 12),
        (_("分母"), 12),
        (_("条目"), 10),
    ]
    rows = (
        [
            mechanism.name.said(language()),
            indicator.label.said(language()),
            figure_words(figure, indicator),
            f"{figure.totals.top.normalize():f}",
            f"{figure.totals.base.normalize():f}",
            figure.totals.entries,
        ]
        for mechanism, found in groups
        for indicator, figure, _reached in found
    )
    return sheet_response(_("指标"), heads, rows)
