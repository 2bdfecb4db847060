"""Rare words weigh more than common ones, and the reasons are named."""

from __future__ import annotations

from luoshi.core.alignment.duty import Duty
from luoshi.core.alignment.likeness import Weights, Words, compare
from luoshi.core.source import Span


def words(text: str, **more: frozenset[str]) -> Words:
    """A duty taken apart."""
    return Words.of(Duty(text, "", text, Span(0, len(text)), **more))


def test_rare_words_weigh_more_than_common_ones() -> None:
    common = [words(f"加强组织领导{sign * 3}") for sign in "甲乙丙丁戊己庚辛"]
    one, same, other = (
        words("加强组织领导配备法治副校长"),
        words("配备法治副校长到位"),
        words("加强组织领导落实经费"),
    )
    weights = Weights.of([*common, one, same, other])
    assert compare(one, same, weights).score > compare(one, other, weights).score + 0.2


def test_reasons_name_words_bodies_targets_and_documents() -> None:
    more = {"bodies": frozenset({"司法"}), "targets": frozenset({">=95%"}), "cited": frozenset({"普法办法"})}
    one, other = words("建立普法责任清单。", **more), words("公布普法责任清单。", **more)
    found = compare(one, other, Weights.of([one, other]))
    assert [shared.words for shared in found.shared] == ["普法责任清单"]
    assert (found.bodies, found.targets, found.cited) == (("司法",), (">=95%",), ("普法办法",))
    assert set(found.parts) == {"words", "bodies", "targets", "cited"}


def test_a_sentence_taken_out_of_a_long_clause_is_like_it() -> None:
    long = words("健全普法责任制度，公布责任清单，开展履职评议；推动法治文化阵地建设，每个社区设一面普法墙。")
    short = words("每个社区设一面普法墙。")
    unlike = words("完善社会组织年度检查办法。")
    weights = Weights.of([long, short, unlike])
    assert compare(long, short, weights).score > 0.5 > compare(long, unlike, weights).score
