"""Whatever a file holds and whatever a reader does, there is a plan or one clear error, in time."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from luoshi.core.document.errors import (
    DocumentError,
    FileMissing,
    NotAWorkbook,
    ReaderFailed,
    ReadingTooSlow,
    TooLarge,
    UnknownFormat,
)
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import CellPlace, RawTable
from luoshi.core.document.open import open_document
from luoshi.core.plan.read import read_plan
from luoshi.intake import guard
from luoshi.intake.guard import Worker, read_cells, read_file
from luoshi.intake.worker import Task
from tests.writers.xlsx import workbook


def test_the_guard_changes_nothing(plan: Path) -> None:
    document, found = read_file(plan)
    assert document == open_document(plan.read_bytes(), plan.name)
    assert found == read_plan(document)
    assert [task.leads[0].name for task in found.tasks] == ["区司法局"]


def test_a_program_with_threads_gets_the_same(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forks: list[object] = []
    monkeypatch.setattr(guard, "_fork", lambda *_: forks.append(1))
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    thread.start()
    try:
        document, _ = read_file(plan)
    finally:
        ended.set()
        thread.join()
    assert document == open_document(plan.read_bytes(), plan.name)
    assert forks == [], "forking a program with threads can hang its child"


def test_a_folder_with_modules_of_its_own_changes_nothing(plan: Path) -> None:
    (plan.parent / "pickle.py").write_text("raise SystemExit('taken over')")
    code = (
        "import threading; threading.Thread(target=threading.Event().wait, daemon=True).start()\n"
        "from pathlib import Path; from luoshi.intake.guard import read_file\n"
        f"print(len(read_file(Path({str(plan)!r}))[1].tasks))"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=plan.parent, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("1\n", "")


@pytest.mark.parametrize(
    ("deed", "error", "words"),
    [
        ("killed", ReaderFailed, "SIGSEGV"),
        ("gone", ReaderFailed, "exit 3"),
        ("greedy", TooLarge, "LUOSHI_LIMIT_MEMORY_BYTES"),
        ("broken", ReaderFailed, "ZeroDivisionError"),
        ("asleep", ReadingTooSlow, "LUOSHI_LIMIT_SECONDS"),
        ("endless", ReadingTooSlow, "LUOSHI_LIMIT_SECONDS"),
    ],
)
def test_a_reader_that_misbehaves(
    misbehaving: None, plan: Path, deed: str, error: type[DocumentError], words: str
) -> None:
    plan.write_text(deed + "\n")
    begun = time.monotonic()
    with pytest.raises(error) as caught:
        read_file(plan, Limits(seconds=1))
    assert time.monotonic() - begun < 4
    assert words in caught.value.message("en")
    assert "plan.txt" in caught.value.message("zh")
    assert "words of the document" not in caught.value.message("en")


def test_the_kernel_ends_a_worker_whose_parent_does_not(misbehaving: None, plan: Path) -> None:
    plan.write_text("endless\n")
    worker = Worker()
    worker.give(Task(plan, Limits(seconds=0.1)))
    worker.started += 600  # the parent's clock stands still
    try:
        assert isinstance(worker.wait().error, ReadingTooSlow)
    finally:
        worker.stop()


def test_errors_travel_with_their_words(tmp_path: Path) -> None:
    path = tmp_path / "a.rar"
    path.write_bytes(b"Rar!\x1a\x07\x00")
    with pytest.raises(UnknownFormat) as caught:
        read_file(path)
    assert "RAR" in caught.value.message("en")
    with pytest.raises(FileMissing):
        read_file(tmp_path / "none.txt")


def test_a_worker_does_many_tasks_and_stops_twice(plan: Path) -> None:
    worker = Worker()
    for _ in range(3):
        worker.give(Task(plan, Limits()))
        assert worker.wait().plan is not None
    worker.stop()
    worker.stop()


def test_cells_of_a_workbook_come_with_their_places(tmp_path: Path) -> None:
    path = tmp_path / "名录.xlsx"
    path.write_bytes(workbook([["名称", None], [None, "区司法局"]]))
    (table,) = read_cells(path).pieces
    assert isinstance(table, RawTable)
    found = {cell.pieces[0].text: cell.pieces[0].runs[0].place for cell in table.cells if cell.pieces}
    assert found == {
        "名称": CellPlace("任务分解表", 1, 1, 0),
        "区司法局": CellPlace("任务分解表", 2, 2, 0),
    }


def test_only_workbooks_have_cells(plan: Path) -> None:
    with pytest.raises(NotAWorkbook) as caught:
        read_cells(plan)
    assert "txt" in caught.value.message("en")


def test_the_cells_of_a_workbook_are_bounded(tmp_path: Path) -> None:
    path = tmp_path / "名录.xlsx"
    path.write_bytes(workbook([["区司法局"]] * 50))
    with pytest.raises(TooLarge):
        read_cells(path, Limits(cells=10))
