"""YAML holds the same as JSON and can be read by eye."""

from __future__ import annotations

import yaml
from hypothesis import given

from luoshi.core.plan.export.yaml import to_yaml
from luoshi.core.plan.model import Metadata, Plan, Section
from luoshi.core.plan.serial import plan_to_dict
from luoshi.core.source import Span
from tests.core.plan.strategies import plans


@given(plans())
def test_yaml_holds_what_json_holds(plan: Plan) -> None:
    assert yaml.safe_load(to_yaml(plan, "en")) == plan_to_dict(plan, "en")


def test_spans_stand_on_one_line_and_chinese_as_it_is() -> None:
    section = Section("s1", "一", "总体要求", 1, None, Span(0, 4))
    printed = to_yaml(Plan(Metadata(), "一、总体要求\n第二行\n", (), (section,), (), ()))
    assert printed.startswith("---\n")
    assert "  span: [0, 4]\n" in printed
    assert "title: 总体要求" in printed
    assert "text: |\n  一、总体要求\n  第二行\n" in printed
