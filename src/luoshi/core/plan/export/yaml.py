"""A plan as YAML: the shape of `luoshi.plan/1`, easy on the eye."""

from __future__ import annotations

from typing import Any

from yaml import Node, SafeDumper, dump

from luoshi.core.plan.model import Plan
from luoshi.core.plan.serial import UNSAFE_IN_A_LINE, plan_to_dict


class _Dumper(SafeDumper):
    """Spans on one line, texts of several lines as blocks, and no aliases for equal values."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _list(dumper: _Dumper, data: list[Any]) -> Node:
    plain = all(isinstance(item, int) for item in data)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=plain)


def _text(dumper: _Dumper, data: str) -> Node:
    # YAML takes more characters for line ends than people do; escapes keep them what they are.
    style = '"' if UNSAFE_IN_A_LINE.search(data) else "|" if "\n" in data else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", data, style=style)


_Dumper.add_representer(list, _list)
_Dumper.add_representer(str, _text)


def to_yaml(plan: Plan, language: str = "zh") -> str:
    """The plan as one YAML document, with its start mark, in the key order of `luoshi.plan/1`."""
    return dump(
        plan_to_dict(plan, language),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=110,
        explicit_start=True,
    )
