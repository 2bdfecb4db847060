"""A plan as plain data keeps the shape of luoshi.plan/1 and comes back the same."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from luoshi.core.plan.findings import message
from luoshi.core.plan.model import BodyMention, Finding, Metadata, Plan, Target, Task
from luoshi.core.plan.serial import NotAPlan, details_of, plan_from_dict, plan_to_dict, plan_to_json
from luoshi.core.source import Span
from tests.core.plan.strategies import plans

TEXT = "1.加强普法,到2025年达到99.5%。\n牵头部门:云溪区司法局\n"
SHAPE = {
    "": ["schema", "document", "text", "conventions", "sections", "tasks", "findings"],
    "document": [
        "file",
        "format",
        "sha256",
        "title",
        "issuer",
        "document_number",
        "index_number",
        "date",
        "recipients",
    ],
    "tasks": [
        "id",
        "number",
        "title",
        "section",
        "parent",
        "text",
        "span",
        "leads",
        "responsibles",
        "measures",
        "targets",
        "deadlines",
        "citations",
    ],
    "leads": ["name", "printed", "span", "collective"],
    "measures": ["text", "span"],
    "targets": ["quote", "span", "comparator", "value", "unit", "of", "per", "by"],
    "deadlines": ["quote", "span", "kind", "value"],
    "citations": ["title", "span"],
    "conventions": ["kind", "span", "quote"],
    "sections": ["id", "number", "title", "level", "parent", "span"],
    "findings": ["code", "severity", "message", "span", "candidates"],
}


def one_task(**changes: object) -> Plan:
    body = BodyMention("云溪区司法局", "云溪区司法局", Span(27, 33), False, "labelled-list")
    task = Task("t1", "1", "加强普法", None, None, TEXT, Span(0, len(TEXT)), leads=(body,))
    return Plan(Metadata(file="plan.txt"), TEXT, (), (), (replace(task, **changes),), ())  # type: ignore[arg-type]


def as_json_holds(plan: Plan) -> Plan:
    """The plan without what the shape does not hold: rules, and details that no message shows."""
    return replace(
        plan,
        tasks=tuple(
            replace(
                task,
                rule="",
                leads=tuple(replace(body, rule="") for body in task.leads),
                responsibles=tuple(replace(body, rule="") for body in task.responsibles),
                targets=tuple(replace(target, rule="") for target in task.targets),
                deadlines=tuple(replace(due, rule="") for due in task.deadlines),
            )
            for task in plan.tasks
        ),
        findings=(),
    )


@given(plans())
def test_every_object_has_exactly_the_keys_of_the_shape_in_order(plan: Plan) -> None:
    data = plan_to_dict(plan)
    assert list(data) == SHAPE[""]
    assert list(data["document"]) == SHAPE["document"]
    for part in ("conventions", "sections", "tasks", "findings"):
        assert all(list(row) == SHAPE[part] for row in data[part])
    for task in data["tasks"]:
        for part in ("leads", "responsibles", "measures", "targets", "deadlines", "citations"):
            assert all(list(row) == SHAPE["leads" if part == "responsibles" else part] for row in task[part])


@given(plans())
def test_there_and_back_through_json_text(plan: Plan) -> None:
    data = json.loads(plan_to_json(plan))
    again = plan_from_dict(data)
    assert as_json_holds(again) == as_json_holds(plan)
    assert [(f.code, f.span, f.candidates, message(f)) for f in again.findings] == [
        (f.code, f.span, f.candidates, message(f)) for f in plan.findings
    ]
    assert plan_to_dict(again) == data


@given(plans())
def test_english_messages_come_back_too(plan: Plan) -> None:
    data = plan_to_dict(plan, "en")
    assert plan_to_dict(plan_from_dict(data), "en") == data


@given(plans())
def test_one_plan_is_one_line_for_every_program(plan: Plan) -> None:
    assert len(plan_to_json(plan).splitlines()) == 1


@given(plans())
def test_pretty_and_plain_json_hold_the_same(plan: Plan) -> None:
    assert json.loads(plan_to_json(plan, pretty=True)) == json.loads(plan_to_json(plan))


@given(plans())
def test_quotations_stand_where_their_spans_say(plan: Plan) -> None:
    data = plan_to_dict(plan)
    for task in data["tasks"]:
        parts = [*task["leads"], *task["responsibles"], *task["targets"], *task["deadlines"]]
        for part in [*parts, *task["measures"], task]:
            start, end = part["span"]
            assert data["text"][start:end] == part.get("printed", part.get("quote", part.get("text")))


def test_chinese_is_printed_as_it_is_and_spans_on_one_line() -> None:
    printed = plan_to_json(one_task(), pretty=True)
    assert '"name": "云溪区司法局"' in printed
    assert '"span": [27, 33]' in printed


def test_half_a_surrogate_pair_can_still_be_written() -> None:
    printed = plan_to_json(one_task(title="坏\ud800字"))
    assert "坏\\ud800字" in printed.encode("utf-8").decode("utf-8")


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("100", "100"),
        ("100.0", "100"),
        ("1E+2", "100"),
        ("99.5", "99.5"),
        ("0.1", "0.1"),
        ("12345678901.25", "12345678901.25"),
    ],
)
def test_whole_numbers_have_no_point_and_others_are_exact(value: str, printed: str) -> None:
    target = Target("达到99.5%", Span(14, 21), ">=", Decimal(value), "%", None, None, None, "percentage")
    plan = one_task(targets=(target,))
    assert f'"value":{printed},' in plan_to_json(plan)
    assert plan_from_dict(json.loads(plan_to_json(plan))).tasks[0].targets[0].value == Decimal(value)


def test_details_of_a_finding_are_read_from_either_language() -> None:
    finding = Finding("metadata-conflict", Span(0, 1), {"field": "文号", "first": "甲", "second": "乙"})
    for language in ("zh", "en"):
        assert details_of(finding.code, message(finding, language)) == finding.details


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data.update(schema="luoshi.plan/9"),
        lambda data: data.pop("text"),
        lambda data: data["document"].update(extra="x"),
        lambda data: data["tasks"][0].update(span=[9, 3]),
        lambda data: data["tasks"][0].update(leads=["云溪区司法局"]),
        lambda data: data.update(tasks=None),
        lambda data: data["findings"].append(
            {"code": "no-such", "message": "", "span": [0, 1], "candidates": []}
        ),
    ],
)
def test_other_data_is_refused_with_one_sentence(damage: object) -> None:
    data = plan_to_dict(one_task())
    damage(data)  # type: ignore[operator]
    with pytest.raises(NotAPlan) as caught:
        plan_from_dict(data)
    assert "luoshi.plan/1" in caught.value.message("en")


@pytest.mark.parametrize("data", [None, [], "plan", {}])
def test_what_is_no_object_is_refused(data: object) -> None:
    with pytest.raises(NotAPlan):
        plan_from_dict(data)  # type: ignore[arg-type]
