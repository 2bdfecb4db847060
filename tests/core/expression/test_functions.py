"""The page that explains expressions names every function as it is, and its examples can be read."""

from __future__ import annotations

import re

import pytest

from luoshi.core.expression import parse
from luoshi.core.expression.functions import FUNCTIONS, UNITS
from luoshi.core.expression.kinds import OCCASION, OWN
from tests.conftest import ROOT
from tests.core.expression.sample import DECISION

PAGE = (ROOT / "docs/concepts/expressions.md").read_text(encoding="utf-8")
# A row of the page's last table. Sample: "| required | `urgent` |"
EXAMPLE = re.compile(r"^\| [^|`]+ \| `([^`]+)` \|$", re.MULTILINE)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_stands_on_the_page(name: str) -> None:
    assert f"`{FUNCTIONS[name].usage}`" in PAGE
    assert FUNCTIONS[name].usage.startswith(f"{name}(")


def test_so_do_the_names() -> None:
    assert all(f"`{name}`" in PAGE for name in (*OWN, *OCCASION, "this"))
    assert all(f'"{unit}"' in PAGE for unit in UNITS)


def test_examples_can_be_read() -> None:
    examples = EXAMPLE.findall(PAGE.partition("## Examples")[2])
    assert len(examples) >= 9
    for text in examples:
        parse(text, DECISION)
