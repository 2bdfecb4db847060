"""`luoshi draw`: a proof is checked, and the program that checks it alone goes out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from luoshi.cli import verify_draw
from luoshi.core.draw.record import head, proof
from luoshi.core.draw.steps import answer
from luoshi.core.draw.values import Answer, Cancelled, Drawn
from tests.cli.conftest import Said
from tests.core.draw.example import VALUE, answered, called_off, committed

Run = Callable[..., Said]
Publish = Callable[[Drawn | Cancelled], Path]


@pytest.fixture
def publish(tmp_path: Path) -> Publish:
    """Write the proof of a draw as it is published."""

    def write(state: Drawn | Cancelled) -> Path:
        file = tmp_path / "proof.json"
        file.write_text(json.dumps(proof(state), ensure_ascii=False, indent=2), encoding="utf-8")
        return file

    return write


def test_a_draw_that_holds(luoshi: Run, publish: Publish) -> None:
    outside: list[Any] = ["--commitment", committed().commitment, "--value", VALUE]
    said = luoshi("draw", "verify", publish(answered()), *outside, "--language", "en")
    order, people = answered().orders["对象"], answered().orders["人员"]
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "It holds: 2026年第二季度市场监管抽查",
        f"commitment: {committed().commitment}",
        f"public value: {VALUE} (某公开开奖第 26060 期, 2026-03-05, 七个两位数,按开出的顺序,以一个空格分隔)",
        f"  人员  {people[0]}",
        f"  人员  {people[1]}",
        f"  对象  {order[1]} 云溪商店{int(order[1][1:])} (accepted)",
        *(f"  对象  {key} 云溪商店{int(key[1:])}" for key in order[3:]),
        f"head of the log: {head(answered())}",
    ]


def test_without_what_was_published_it_says_so(luoshi: Run, publish: Publish) -> None:
    said = luoshi("draw", "verify", publish(answered()))
    assert said.code == 0
    assert said.out.splitlines()[-1].startswith("尚未核对的:")


def test_places_that_nobody_is_left_for(luoshi: Run, publish: Publish) -> None:
    now = answered()
    for place in now.places["对象"]:
        at = now.replies[-1].at
        now = answer(now, key=place.key, answer=Answer.refused, reason="停业", at=at)
    assert "  对象  vacant: 3\n" in luoshi("draw", "verify", publish(now), "--language", "en").out


def test_a_draw_that_was_cancelled(luoshi: Run, publish: Publish) -> None:
    said = luoshi("draw", "verify", publish(called_off()), "--language", "en")
    assert said.code == 0
    assert "Nothing was drawn.\nCancelled in public: 名单有误\n" in said.out


def test_a_draw_that_does_not_hold(luoshi: Run, publish: Publish) -> None:
    file = publish(answered())
    file.write_text(file.read_text("utf-8").replace("停业装修", "搬迁"), "utf-8")
    said = luoshi("draw", "verify", file, "--language", "en")
    assert (said.code, said.err) == (1, "")
    assert said.out.startswith("proof.json does not hold: “head” is not what it comes to.")
    said = luoshi("draw", "verify", publish(answered()), "--commitment", "0" * 64)
    assert said.code == 1
    assert said.out.startswith("proof.json不成立:承诺是")


def test_what_cannot_be_read(luoshi: Run, tmp_path: Path) -> None:
    (tmp_path / "here").write_bytes(b"\xff\x00 no text")
    for file in (tmp_path / "here", tmp_path / "nowhere"):
        said = luoshi("draw", "verify", file, "--language", "en")
        assert (said.code, said.out) == (2, "")
        assert len(said.err.splitlines()) == 1


def test_the_program_goes_out(luoshi: Run, tmp_path: Path) -> None:
    text = Path(verify_draw.__file__).read_text(encoding="utf-8")
    assert luoshi("draw", "script").out == text
    luoshi("draw", "script", "--output", tmp_path / "verify_draw.py")
    assert (tmp_path / "verify_draw.py").read_text(encoding="utf-8") == text
