"""The register of rules: every pattern finds its own sample, every rule is said in both languages."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import luoshi.core.plan
from luoshi.core.plan.rules import RULES, PatternRule, Rule, maybe, one_of, procedure, rule

for found in pkgutil.iter_modules(luoshi.core.plan.__path__, "luoshi.core.plan."):
    importlib.import_module(found.name)

EVERY = [pytest.param(one, id=key) for key, one in sorted(RULES.items())]
PATTERNS = [pytest.param(one, id=key) for key, one in sorted(RULES.items()) if isinstance(one, PatternRule)]


@pytest.mark.parametrize("one", PATTERNS)
def test_a_pattern_finds_its_sample(one: PatternRule) -> None:
    assert one.pattern.search(one.sample)


@pytest.mark.parametrize("one", EVERY)
def test_a_rule_is_said_in_both_languages(one: Rule) -> None:
    assert re.search("[一-鿿]", one.zh)
    assert one.zh.endswith("。")
    assert re.search("[A-Za-z]{2}", one.en)
    assert one.en.endswith(".")


def test_no_two_rules_share_a_key() -> None:
    taken = next(iter(RULES))
    with pytest.raises(ValueError, match="two rules"):
        procedure(taken, "说明。", "A reason.", "样例")
    with pytest.raises(ValueError, match="two rules"):
        rule(taken, "说明。", "A reason.", "样例", "样例")


def test_longer_words_are_tried_first() -> None:
    assert re.fullmatch(one_of("达 达到") + "五", "达到五")
    assert re.match(one_of("达 达到"), "达到五").group() == "达到"  # type: ignore[union-attr]


def test_a_word_may_be_left_out() -> None:
    assert re.fullmatch("前" + maybe("中") + "后", "前后")
