"""Every operation of the pages is a call, or says why it is none."""

from __future__ import annotations

import dis
import inspect
from typing import Any

import pytest

from luoshi.apps.alignment.operations.settling import TARGETS
from luoshi.apps.api.service import schema
from luoshi.apps.binding.operations.settling import TARGETS as BOUND
from luoshi.apps.bulletin.views import bulletin
from luoshi.apps.registry.forms.reorganize import FORMS
from luoshi.apps.supervision.views import order
from luoshi.apps.work.views import adjusting, extending, report_steps, steering
from luoshi.core.supervision.urging import RUNGS
from tests.apps.accounts.matrix import BY_TOKEN, MATRIX, Page
from tests.apps.api.pages import OTHERWISE, OWN, PAGES, Same, Why
from tests.apps.organization.test_access import patterns

PATTERNS = {name: found for name, found in patterns() if not name.startswith(BY_TOKEN)}
CALLS: dict[str, tuple[str, dict[str, Any]]] = {
    call["operationId"]: (method, call)
    for calls in schema()["paths"].values()
    for method, call in calls.items()
}
SHORTEST_REASON = 15


def pages_of(name: str) -> list[Page]:
    """What the matrix of access declares of an address."""
    found: list[Page] = []
    for key, declared in MATRIX.items():
        if key.split()[0] == name:
            found += declared if isinstance(declared, tuple) else (declared,)
    return found


def test_every_page_says_which_calls_do_the_same() -> None:
    missing = sorted(set(PATTERNS) - set(PAGES))
    assert not missing, f"say in tests/apps/api/pages.py which calls do what these do: {missing}"
    gone = sorted(set(PAGES) - set(PATTERNS))
    assert not gone, f"take out of tests/apps/api/pages.py: {gone}"


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_calls_of_a_page_are_there(name: str) -> None:
    same, pages = PAGES[name], pages_of(name)
    if any(page.get is not None for page in pages):
        _told(name, "shows", same.shows)
    if any(page.post is not None for page in pages):
        _told(name, "does", same.does)
    if not isinstance(same.shows, Why):
        assert not [one for one in same.shows if _method(one) != "get" and one != "reminders-read"]
    if not isinstance(same.does, Why) and same.does:
        assert not [one for one in same.does if _method(one) == "get"], f"{name} does nothing by reading"


def _told(name: str, what: str, said: tuple[str, ...] | Why) -> None:
    assert said, f"{name}: which calls are what it {what}?"
    if isinstance(said, Why):
        assert len(said) >= SHORTEST_REASON, f"{name}: {said} is no reason"


def _method(call: str) -> str:
    assert call in CALLS, f"there is no call {call}"
    return CALLS[call][0]


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_list_to_take_away_can_be_taken_by_a_call(name: str) -> None:
    view = inspect.unwrap(PATTERNS[name].callback)
    offers = view.__module__.startswith("luoshi.") and _offers_sheet(view)
    same = PAGES[name]
    if isinstance(same.shows, Why) and not same.sheet:
        # Where no call shows the list, none gives it as a workbook.
        return
    assert offers == bool(same.sheet), f"{name}: which call gives its workbook?"
    if offers:
        assert _method(same.sheet) == "get"


def _offers_sheet(view: Any) -> bool:
    """Whether the page gives its list as a workbook, itself or by what it calls in its module."""
    module = inspect.getmodule(view)
    named = {one.argval for one in dis.get_instructions(view) if one.opname == "LOAD_GLOBAL"}
    called = [getattr(module, name, None) for name in sorted(named)]
    sources = [view, *(inspect.unwrap(one) for one in called if inspect.isfunction(one))]
    named = {"sheet_response", "sheet_of", "deliveries_sheet"}
    return any(named & {*one.__code__.co_names} for one in sources)


@pytest.mark.parametrize("name", sorted(name for name, same in PAGES.items() if same.sheet))
def test_a_list_is_filtered_and_sorted_as_on_its_page(name: str) -> None:
    same, offered = PAGES[name], dict[str, set[str]]()
    if isinstance(same.shows, Why):
        return
    for call in same.shows:
        for key, kinds in _asked(call).items():
            offered.setdefault(key, set()).update(kinds)
    wanted = _asked(same.sheet)
    missing = {key for key in {*wanted} - {*offered} if (name, key) not in OTHERWISE}
    assert not missing, f"{same.shows} cannot be narrowed by {missing}"
    lacking = {key: wanted[key] - offered[key] - {""} for key in {*wanted} & {*offered} if offered[key]}
    assert not any(lacking.values()), f"{same.shows} does not take {lacking}"


def _asked(call: str) -> dict[str, set[str]]:
    """What a call can be asked for, each with the values that it takes; none where any will do."""
    declared = [one for one in CALLS[call][1].get("parameters", ()) if one["in"] == "query"]
    return {one["name"]: {*one["schema"].get("enum", ())} for one in declared}


def test_every_call_is_that_of_a_page_or_says_what_it_is_for() -> None:
    named: set[str] = set(OWN)
    for same in PAGES.values():
        for calls in (same.shows, same.does, (same.sheet,)):
            named |= set() if isinstance(calls, Why) else set(calls)
    assert not sorted(set(CALLS) - named), "say in tests/apps/api/pages.py which page these belong to"
    assert not sorted(named - set(CALLS) - {""})


def test_no_reason_is_given_for_what_there_is_a_call() -> None:
    assert not [name for name, same in PAGES.items() if same == Same()]


# By the call that takes them: the steps that a page takes under one address.
STEPS = {
    "issuing-steer": {*steering.STEPS},
    "orders-take": {*order.SAID, *RUNGS},
    "adjustments-settle": {*adjusting.SAID},
    "extensions-decide": {*extending.SAID},
    "bulletins-take": {*bulletin.SAID},
    "links-settle": {*TARGETS},
    "comparisons-settle": {*TARGETS},
    "bindings-settle": {*BOUND},
}


@pytest.mark.parametrize("call", sorted(STEPS))
def test_every_step_of_a_page_is_one_of_the_call(call: str) -> None:
    declared = CALLS[call][1]["parameters"]
    step = next(one["schema"] for one in declared if one["name"] in {"step", "action"})
    assert set(step["enum"]) == STEPS[call]


def test_steps_with_reports_and_bodies_are_calls() -> None:
    reports = {"return": "send-back", "object": "object-to", "submit": "send"}
    for step in (*report_steps.STEPS, *report_steps.SIGNING):
        assert f"reports-{reports.get(step, step)}" in CALLS
    change = schema()["components"]["schemas"]["Reorganization"]["properties"]["change"]
    assert set(change["enum"]) == set(FORMS)
