"""What a form is brought from other entries, and what is wrong between the two mechanisms."""

from __future__ import annotations

import pytest

from luoshi.core.mechanism.catalogue import load
from luoshi.core.register.procedure import Bringing
from tests.core.mechanism.test_drawing import refusal, texts

ROUND, RECORD = "random-inspection.yaml", "inspection-records.yaml"
BROUGHT = "results: {mechanism: inspection-records, link: round, columns: {name: name, result: outcome}}"
FROM = "results: {mechanism:"
RESULT = "    label: {zh: 检查结果, en: Result}"
CORRECTED = "      corrected: {zh: 发现问题已责令改正"
ASKED = f"asks: [visited-on, results]\n    needs: [visited-on, results]\n    brings:\n      {BROUGHT}"


def test_what_is_brought() -> None:
    report = load(texts()).latest("random-inspection").register.transition["report"]
    columns = {"name": "name", "result": "outcome"}
    assert report.brings == {"results": Bringing("inspection-records", "round", columns)}


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (ROUND, "results: {mechanism", "reslts: {mechanism", "results"),
        (ROUND, "results: {mechanism", "visited-on: {mechanism", "Only rows"),
        (ROUND, f"{FROM} inspection-records", f"{FROM} records", "inspection-records"),
        (ROUND, "link: round, columns", "link: rond, columns", "round"),
        (ROUND, "link: round, columns", "link: object, columns", "random-inspection"),
        (ROUND, "columns: {name: name, result", "columns: {nam: name, result", "name"),
        (ROUND, "columns: {name: name, result", "columns: {name: nam, result", "nam"),
        (ROUND, "result: outcome}", "result: visited-on}", "another type"),
        (RECORD, RESULT, f"{RESULT}\n    personal: true", "is personal"),
        (RECORD, CORRECTED, CORRECTED.replace("corrected:", "mended:"), "mended"),
        (ROUND, ASKED, ASKED.replace("}}", "}, rows: 3}"), "rows"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(file: str, old: str, new: str, said: str) -> None:
    assert said in refusal(file, old, new)
