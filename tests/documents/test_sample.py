"""The sample plan: what is read from it, and that every format of it says the same."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from luoshi.core.plan.model import Plan, Task
from luoshi.core.plan.serial import plan_to_dict
from luoshi.intake.guard import read_file
from tools.docs.shape import SCHEMA
from tools.sample.build import BUILDERS, sample_blocks
from tools.sample.content import SAMPLES

GOLD = json.loads((Path(__file__).parent / "yunxi.gold.jsonl").read_text(encoding="utf-8"))
FORMATS = ("txt", *BUILDERS)


@pytest.fixture(scope="module")
def plans() -> dict[str, Plan]:
    """The sample plan as read from each format."""
    return {suffix: read_file(SAMPLES / f"yunxi.{suffix}")[1] for suffix in FORMATS}


def named(task: Task) -> dict[str, Any]:
    """A task as the gold labels tell it."""
    return {
        "number": task.number,
        "title": task.title,
        "leads": [body.name for body in task.leads],
        "responsibles": [body.name for body in task.responsibles],
        "targets": sorted((float(target.value), target.unit, target.comparator) for target in task.targets),
        "deadlines": sorted((deadline.kind, deadline.value) for deadline in task.deadlines),
        "citations": [citation.title for citation in task.citations],
    }


def gold(item: dict[str, Any]) -> dict[str, Any]:
    """A gold label in the shape of `named`."""
    targets = sorted((float(t["value"]), t["unit"], t["comparator"]) for t in item["targets"])
    deadlines = sorted((d["kind"], d["value"]) for d in item["deadlines"])
    kept = ("number", "title", "leads", "responsibles", "citations")
    return {key: item[key] for key in kept} | {"targets": targets, "deadlines": deadlines}


def test_every_task_is_read_as_labelled(plans: dict[str, Plan]) -> None:
    found = [named(task) for task in plans["txt"].tasks]
    for have, want in zip(found, map(gold, GOLD["items"]), strict=True):
        assert have == want


def test_chapters_are_sections(plans: dict[str, Plan]) -> None:
    plan = plans["txt"]
    numbers = {section.id: section.number for section in plan.sections}
    assert [numbers[task.section or ""] for task in plan.tasks] == [item["section"] for item in GOLD["items"]]


def test_all_damage_is_reported(plans: dict[str, Plan]) -> None:
    plan = plans["txt"]

    def task_at(start: int) -> str | None:
        # A finding in the list of bodies belongs to the task above it.
        before = [task for task in plan.tasks if task.span.start <= start]
        return before[-1].number if before else None

    found = {(finding.code, task_at(finding.span.start)) for finding in plan.findings}
    codes = {code for code, _ in found}
    for want in GOLD["findings"]:
        if want["number"] is None:
            assert want["code"] in codes
        else:
            assert (want["code"], want["number"]) in found


@pytest.mark.parametrize("suffix", FORMATS)
def test_spans_quote_the_text_and_the_shape_is_kept(plans: dict[str, Plan], suffix: str) -> None:
    data = json.loads(json.dumps(plan_to_dict(plans[suffix])))
    jsonschema.validate(data, SCHEMA)

    def check(value: Any) -> None:
        if isinstance(value, dict):
            quote = value.get("quote", value.get("printed"))
            if quote is not None:
                start, end = value["span"]
                assert data["text"][start:end] == quote
            for inner in value.values():
                check(inner)
        elif isinstance(value, list):
            for inner in value:
                check(inner)

    check(data)


@pytest.mark.parametrize("suffix", tuple(BUILDERS))
def test_every_format_gives_the_same_plan(plans: dict[str, Plan], suffix: str) -> None:
    assert [named(task) for task in plans[suffix].tasks] == [named(task) for task in plans["txt"].tasks]
    assert [section.title for section in plans[suffix].sections] == [
        section.title for section in plans["txt"].sections
    ]
    for field in ("title", "issuer", "document_number", "index_number", "date"):
        assert getattr(plans[suffix].metadata, field) == getattr(plans["txt"].metadata, field), field


@pytest.mark.parametrize("suffix", tuple(BUILDERS))
def test_the_files_are_built_from_the_text(suffix: str) -> None:
    built, kept = BUILDERS[suffix](sample_blocks()), (SAMPLES / f"yunxi.{suffix}").read_bytes()
    if zipfile.is_zipfile(io.BytesIO(built)):
        assert unpacked(built) == unpacked(kept), "run `make docs`"
    else:
        assert built == kept, "run `make docs`"


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of a container: how hard they were packed may differ between machines."""
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        return {name: container.read(name) for name in container.namelist()}


def test_an_unknown_name_comes_with_near_names(plans: dict[str, Plan]) -> None:
    unknown = {
        finding.details["name"]: finding.candidates
        for finding in plans["txt"].findings
        if finding.code == "unknown-organization"
    }
    assert unknown["区市场监督管里局"][0] == "区市场监督管理局"
