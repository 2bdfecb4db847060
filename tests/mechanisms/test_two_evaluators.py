"""One meaning, two evaluators: every condition of every mechanism, over the entries of its cases, in both."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils.timezone import localdate

from luoshi.apps.organization.models import Region
from luoshi.apps.organization.queries.calendar import calendar_of
from luoshi.apps.register import models
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.queries.conditions import told
from luoshi.apps.register.queries.loading import StoredWorld, loaded, register_of, surroundings
from luoshi.core.expression import Expression, evaluate
from luoshi.core.expression.kinds import Truth
from luoshi.core.mechanism.cases import Case
from luoshi.core.mechanism.declaration import Mechanism
from luoshi.core.register.acting import Setting
from luoshi.core.register.view import View
from tests.mechanisms.stored import StoredCase, moment
from tests.mechanisms.test_cases import CASES

pytestmark = pytest.mark.django_db


def conditions(mechanism: Mechanism) -> Iterator[Expression]:
    """Every condition of a declaration that is about the entry alone or about its neighbours."""
    register = mechanism.register
    for step in register.transitions:
        yield from (guard.when for guard in step.guards)
        yield from (one for one in (step.when, step.recusal) if one is not None)
    for field in register.fields:
        yield from (one for one in (field.required, field.shown) if isinstance(one, Expression))
    for indicator in mechanism.indicators:
        yield from (one for one in (indicator.where, indicator.of) if one is not None)
    yield from (view.where for view in mechanism.views.saved)
    if register.publication is not None:
        yield register.publication.when


@pytest.mark.parametrize("case", CASES)
def test_the_database_and_the_memory_agree(case: Case) -> None:
    region = Region.objects.create(code="990109", name="试验区", level=Region.Level.COUNTY)
    stored = StoredCase(case, region)
    list(stored.live())
    today, calendar, world = localdate(moment(case.today)), calendar_of(region.code), StoredWorld(region.code)
    for key in {entry.mechanism for entry in case.entries}:
        rows = models.Entry.objects.filter(region=region, mechanism=key)
        for condition in conditions(catalogue().latest(key)):
            assert isinstance(condition.kind, Truth)
            compiled = told(condition.node, surroundings(key, today))
            yes, no = (set(rows.filter(q).values_list("pk", flat=True)) for q in (compiled.yes, compiled.no))
            for row in rows.prefetch_related("steps", "clocks"):
                setting = Setting(register_of(row), calendar, world)
                occasion = setting.occasion(today)
                value = evaluate(condition, View(setting.register, loaded(row), occasion, world), occasion)
                if compiled.exact:
                    assert (row.pk in yes, row.pk in no) == (value is True, value is False), condition.text
                else:
                    assert row.pk in yes or value is not True, condition.text
                    assert row.pk in no or value is not False, condition.text


def test_what_lists_are_narrowed_by_is_told_exactly() -> None:
    today = localdate()
    loose = [
        f"{mechanism.key}: {view.key}"
        for mechanism in catalogue()
        for view in mechanism.views.saved
        if not told(view.where.node, surroundings(mechanism.key, today)).exact
    ]
    assert not loose
