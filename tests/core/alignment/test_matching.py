"""Duties that belong together are found, whatever their order; a text is met by itself and by no other."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.alignment.duty import Duty, duties_of
from luoshi.core.alignment.likeness import Weights, Words, compare, score
from luoshi.core.alignment.matching import LIKELY, Standing, match, standing, standings
from luoshi.core.document.open import open_document
from luoshi.core.plan.read import read_plan
from luoshi.core.source import Span

CHARACTERS = "法治宣传教育清单责任公布调解组织社区服务，。；1 3%"
texts = st.text(CHARACTERS, min_size=0, max_size=60)
names = st.frozensets(st.sampled_from(["司法", "民政", "各镇"]), max_size=3)


def duty(text: str, key: str = "a", bodies: frozenset[str] = frozenset()) -> Duty:
    """A duty with these words."""
    return Duty(key, "", text, Span(0, len(text)), bodies)


def duties(words: list[str], prefix: str) -> list[Duty]:
    """A duty for each text."""
    return [duty(text, f"{prefix}{index}") for index, text in enumerate(words)]


@given(texts, texts, names, names, st.lists(texts, max_size=5))
def test_left_and_right_may_change_places(
    one: str, other: str, here: frozenset[str], there: frozenset[str], beside: list[str]
) -> None:
    left, right = Words.of(duty(one, bodies=here)), Words.of(duty(other, bodies=there))
    weights = Weights.of([left, right, *(Words.of(duty(text)) for text in beside)])
    assert score(left, right, weights) == score(right, left, weights)
    assert 0 <= score(left, right, weights)[0] <= 1


@given(texts, names, st.lists(texts, max_size=5))
def test_a_duty_is_like_itself(text: str, bodies: frozenset[str], beside: list[str]) -> None:
    words = Words.of(duty(text, bodies=bodies))
    weights = Weights.of([words, *(Words.of(duty(text)) for text in beside)])
    assert score(words, words, weights)[0] == pytest.approx(1)


@given(st.lists(texts, max_size=12), st.lists(texts, max_size=12), st.randoms())
def test_order_does_not_matter(left: list[str], right: list[str], chance: random.Random) -> None:
    here, there = duties(left, "a"), duties(right, "b")
    found = match(here, there)
    chance.shuffle(here)
    chance.shuffle(there)
    assert match(here, there) == found
    turned = {(one.right, one.left): one.likeness.score for one in match(there, here)}
    assert turned == {(one.left, one.right): one.likeness.score for one in found}


@given(texts, texts)
def test_reasons_stand_in_both(one: str, other: str) -> None:
    left, right = Words.of(duty(one)), Words.of(duty(other))
    for shared in compare(left, right, Weights.of([left, right])).shared:
        assert shared.left.of(one) == shared.words == shared.right.of(other)


def test_bodies_and_labels_are_no_words_of_the_duty(samples: Path) -> None:
    first = duties_of(plan_of(samples / "yunxi.txt"))[0]
    words = Words.of(first)
    assert "司法" in first.bodies
    assert not {"部门", "法局", "街道"} & {
        first.text[run.start : run.end][-2:] for run in words.runs if run.start > len(first.text) - 30
    }


def test_a_bare_list_of_names_is_no_duty_in_common() -> None:
    left, right = Words.of(duty("。")), Words.of(duty("办好服务。"))
    assert score(left, right, Weights.of([left, right]))[0] == 0


@pytest.mark.parametrize("share", [0.1, 0.2])
def test_the_real_plan_is_found_again_though_damaged(corpus: Path, share: float) -> None:
    real = duties_of(plan_of(corpus / "plans/000_59e480d8bb04c074.txt"))
    chance = random.Random(4)
    damaged = [
        replace(one, text="".join(sign for sign in one.text if chance.random() > share), hidden=())
        for one in real
    ]
    best: dict[str, str] = {}
    for pair in match(real, damaged, least=0):
        best.setdefault(pair.left, pair.right)
    assert best == {one.key: one.key for one in real}
    others = [one for one in match(real, damaged, least=0) if one.left != one.right]
    assert not [one for one in others if one.likely]


def test_the_real_plan_is_not_found_in_documents_of_another_kind(corpus: Path) -> None:
    real = duties_of(plan_of(corpus / "plans/000_59e480d8bb04c074.txt"))
    for path in sorted((corpus / "documents").glob("*.html")):
        assert not match(real, duties_of(plan_of(path))), path.name


def test_twice_as_many_duties_make_about_twice_as_many_pairs() -> None:
    chance = random.Random(1)
    signs = [chr(0x4E00 + index) for index in range(600)]
    made = duties(["".join(chance.choices(signs, k=40)) for _ in range(400)], "a")
    few, many = match(made[:200], made[:200], least=0), match(made, made, least=0)
    assert len(many) < 3 * len(few)


def test_how_a_duty_stands() -> None:
    assert standing(LIKELY) is Standing.MET
    assert standings(["a", "b"], {"a": 0.35}) == {"a": Standing.PARTLY, "b": Standing.MISSING}


def plan_of(path: Path):  # type: ignore[no-untyped-def]
    """The plan that a file holds."""
    return read_plan(open_document(path.read_bytes(), path.name))
