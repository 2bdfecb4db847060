"""Duties of plans, of numbered texts, of laws, and of texts without numbers."""

from __future__ import annotations

import pytest

from luoshi.core.alignment.duty import Duty, body_key, duties_of
from luoshi.core.document.open import open_document
from luoshi.core.plan.read import read_plan

ARTICLES = (
    "云溪市养犬管理办法\n第一条 为了规范养犬，保障公众健康，制定本办法。\n第二条 养犬人应当每年为犬只免疫。\n"
)
NUMBERED = (
    "云溪市实施意见\n一、总体要求\n1.建立普法责任清单并公布。\n2.每年开展法治宣传。\n"
    "二、保障\n3.加强经费保障。\n"
)
PLAIN = "云溪市的倡议\n我们建议每个社区都设一个法律服务点，方便群众咨询。\n谢谢大家\n"


def duties(text: str) -> tuple[Duty, ...]:
    """What a text asks for."""
    return duties_of(read_plan(open_document(text.encode(), "上级文件.txt")))


@pytest.mark.parametrize(
    ("text", "first"),
    [(ARTICLES, "第一条"), (NUMBERED, "1.建立普法责任清单"), (PLAIN, "我们建议每个社区")],
)
def test_every_text_has_clauses(text: str, first: str) -> None:
    found = duties(text)
    assert any(one.text.startswith(first) or first.lstrip("1.") in one.text for one in found)
    assert all(one.span.of(text) == one.text for one in found)
    assert len({one.key for one in found}) == len(found)


def test_an_empty_text_asks_for_nothing() -> None:
    assert duties("无\n") == ()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("省司法厅", "司法"),
        ("区司法局", "司法"),
        ("各镇", "各镇"),
        ("区委办公室", "委"),
        ("司法局", "司法"),
        ("市场监管局", "市场监管"),
        ("区市场监管局", "市场监管"),
    ],
)
def test_names_of_different_levels_meet(name: str, key: str) -> None:
    assert body_key(name) == key
