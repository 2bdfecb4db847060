"""Folders are read in order, on several processes, whatever single files do."""

from __future__ import annotations

from pathlib import Path

import pytest

from luoshi.core.document.errors import FileMissing, ReaderFailed, ReadingTooSlow
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import Document
from luoshi.core.plan.model import Plan
from luoshi.intake.folder import find_files, read_files
from tests.intake.conftest import PLAN


def count_tasks(document: Document, plan: Plan) -> str:
    """What a worker sends back instead of a plan."""
    return f"{document.name}: {len(plan.tasks)}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with nine plans, named so that order matters."""
    path = tmp_path / "plans"
    path.mkdir()
    for number in range(9):
        (path / f"{number}.txt").write_text(PLAN * (number + 1), encoding="utf-8")
    return path


def test_files_are_found_to_the_bottom_in_the_order_of_names(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a/z.docx",
        "a/y.PDF",
        "a/.hidden.txt",
        "a/~$z.docx",
        "notes.md",
        ".git/c.txt",
        "a/b/x.ofd",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / "a" / "circle").symlink_to(tmp_path)
    names = [str(path.relative_to(tmp_path)) for path in find_files([tmp_path])]
    assert names == ["a/b/x.ofd", "a/y.PDF", "a/z.docx", "b.txt"]
    assert find_files([tmp_path / "notes.md", tmp_path / "b.txt", tmp_path / "b.txt"]) == [
        tmp_path / "b.txt",
        tmp_path / "notes.md",
    ]


@pytest.mark.parametrize("jobs", [0, 1, 2, 5])
def test_outcomes_come_in_order_on_any_number_of_processes(folder: Path, jobs: int) -> None:
    outcomes = list(read_files([folder], Limits(), jobs))
    assert [outcome.path.name for outcome in outcomes] == [f"{n}.txt" for n in range(9)]
    assert [len(outcome.plan.tasks) for outcome in outcomes if outcome.plan] == list(range(1, 10))
    assert all(outcome.seconds > 0 for outcome in outcomes)


def test_with_render_only_the_string_travels(folder: Path) -> None:
    outcomes = list(read_files([folder], render=count_tasks, jobs=2))
    assert [outcome.rendered for outcome in outcomes] == [f"{n}.txt: {n + 1}" for n in range(9)]
    assert all(outcome.plan is None and outcome.document is None for outcome in outcomes)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_bad_file_does_not_stop_the_others(misbehaving: None, folder: Path, jobs: int) -> None:
    (folder / "2.txt").write_text("killed\n")
    (folder / "4.txt").write_text("asleep\n")
    (folder / "5.txt").unlink()
    (folder / "5.txt").symlink_to(folder / "nowhere")
    outcomes = list(read_files([folder], Limits(seconds=1), jobs))
    kinds = [type(outcome.error) for outcome in outcomes]
    assert kinds[2] is ReaderFailed
    assert kinds[4] is ReadingTooSlow
    assert kinds[5] is FileMissing
    assert kinds.count(type(None)) == 6


def test_a_reader_of_outcomes_may_stop_early(folder: Path) -> None:
    outcomes = read_files([folder], jobs=2)
    assert next(outcomes).path.name == "0.txt"
    outcomes.close()  # type: ignore[attr-defined]


def test_nothing_to_read(tmp_path: Path) -> None:
    assert list(read_files([tmp_path])) == []


def test_reading_starts_at_once_and_ends_when_nobody_asks_any_more(folder: Path, nothing_left: Path) -> None:
    outcomes = read_files([folder], Limits(), 2)
    assert len(list(nothing_left.iterdir())) == 2  # each worker has a folder of its own
    assert next(outcomes).plan is not None
    outcomes.close()  # type: ignore[attr-defined]
    assert list(nothing_left.iterdir()) == []


def test_no_files_give_no_outcomes() -> None:
    assert list(read_files([])) == []
