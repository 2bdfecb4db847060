"""`luoshi read`: formats, folders, failures, and files that are whole or not there."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from python_calamine import CalamineWorkbook

from tests.cli.conftest import Said, on_terminal

Run = Callable[..., Said]
Start = Callable[..., "subprocess.Popen[bytes]"]


def test_json_is_one_object_with_the_plan(luoshi: Run, plan: Path) -> None:
    said = luoshi("read", plan, "--format", "json")
    read = json.loads(said.out)
    assert (said.code, said.err) == (0, "")
    assert read["document"]["file"] == "plan.txt"
    assert [task["number"] for task in read["tasks"]] == ["1", "2"]
    for body in read["tasks"][0]["responsibles"]:
        start, end = body["span"]
        assert read["text"][start:end] == body["printed"]


def test_jsonl_of_a_folder_is_one_plan_a_line_in_name_order(luoshi: Run, folder: Path) -> None:
    said = luoshi("read", "--format", "jsonl", folder)
    titles = [json.loads(line)["document"]["file"] for line in said.out.splitlines()]
    assert titles == ["c.txt", "a.txt", "b.txt"]


def test_a_bad_file_does_not_stop_the_others_and_is_told_at_the_end(luoshi: Run, folder: Path) -> None:
    said = luoshi("read", folder, "--format", "jsonl")
    assert said.code == 2
    assert len(said.out.splitlines()) == 3
    first, last = said.err.splitlines()
    assert "empty.txt" in first
    assert last == "共4个文件,1个未能读取。"
    assert luoshi("read", folder, "--format", "jsonl", "--language", "en").err.endswith(
        "1 of 4 files could not be read.\n"
    )


def test_json_of_several_files_is_a_list(luoshi: Run, folder: Path, plan: Path) -> None:
    assert len(json.loads(luoshi("read", folder, "-f", "json").out)) == 3
    assert len(json.loads(luoshi("read", plan, folder / "a.txt", "-f", "json").out)) == 2
    said = luoshi("read", folder / "empty.txt", folder / "empty.txt", "-f", "json")
    assert json.loads(said.out) == []
    assert said.code == 2


@pytest.mark.parametrize("format", ["table", "json", "jsonl", "yaml", "markdown", "text"])
def test_an_unreadable_file_prints_nothing_but_its_error(luoshi: Run, folder: Path, format: str) -> None:
    said = luoshi("read", folder / "empty.txt", "-f", format)
    assert said.out == ""
    assert said.code == 2
    assert len(said.err.splitlines()) == 1


def test_missing_files_and_empty_folders_are_told(luoshi: Run, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    for path, words in (("missing.txt", "missing.txt"), ("nothing", "no document")):
        said = luoshi("read", tmp_path / path, "--language", "en")
        assert (said.out, said.code) == ("", 2)
        assert words in said.err
        assert len(said.err.splitlines()) == 1


def test_yaml_markdown_and_text_hold_the_plan(luoshi: Run, plan: Path, folder: Path) -> None:
    documents = list(yaml.safe_load_all(luoshi("read", folder, "-f", "yaml").out))
    assert [document["document"]["file"] for document in documents] == ["c.txt", "a.txt", "b.txt"]
    assert "###### 1 开展宪法宣传" in luoshi("read", plan, "-f", "markdown").out
    assert (
        luoshi("read", plan, "-f", "text").out == json.loads(luoshi("read", plan, "-f", "json").out)["text"]
    )
    assert luoshi("read", folder, "-f", "text").out.count("\f") == 2


def test_messages_of_findings_follow_the_language(luoshi: Run, plan: Path) -> None:
    def messages(*options: str, **environment: str) -> list[str]:
        read = json.loads(luoshi("read", plan, "-f", "json", *options, **environment).out)
        return [finding["message"] for finding in read["findings"]]

    chinese, english = messages(), messages("--language", "en")
    assert len(chinese) == len(english) > 0
    assert not set(chinese) & set(english)
    assert messages(LUOSHI_LANGUAGE="en") == english


def test_xlsx_goes_to_a_file(luoshi: Run, folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    assert luoshi("read", folder, "-f", "xlsx", "-o", target).code == 2
    rows = CalamineWorkbook.from_path(target).get_sheet_by_name("任务").to_python()
    assert [row[0] for row in rows[1:]] == ["c.txt"] * 2 + ["a.txt"] * 2 + ["b.txt"] * 2


def test_output_replaces_a_file_only_with_a_whole_one(
    luoshi: Run, plan: Path, folder: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out.json"
    target.write_text("older")
    for format in ("json", "xlsx", "table"):
        assert luoshi("read", folder / "empty.txt", "-f", format, "-o", target).code == 2
        assert target.read_text() == "older"
    assert luoshi("read", plan, "-f", "json", "-o", target).code == 0
    assert json.loads(target.read_text("utf-8"))["document"]["file"] == "plan.txt"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_output_into_a_folder_that_is_not_there_is_told(luoshi: Run, plan: Path, tmp_path: Path) -> None:
    said = luoshi("read", plan, "-o", tmp_path / "nowhere/out.txt", "--language", "en")
    assert said.code == 2
    assert "nowhere cannot be used" in said.err


def test_limits_come_from_the_environment(luoshi: Run, plan: Path) -> None:
    said = luoshi("read", plan, LUOSHI_LIMIT_CHARACTERS="20")
    assert said.code == 2
    assert "LUOSHI_LIMIT_CHARACTERS" in said.err
    wrong = luoshi("read", plan, LUOSHI_LIMIT_PAGES="many")
    assert wrong.code == 2
    assert "LUOSHI_LIMIT_PAGES" in wrong.err


def test_wrong_use_is_refused(luoshi: Run, plan: Path) -> None:
    for arguments in (("read",), ("read", plan, "--format", "docx"), ("read", plan, "--jobs", "-1")):
        assert luoshi(*arguments).code == 2


def test_a_table_has_sections_tasks_and_findings_with_their_places(luoshi: Run, plan: Path) -> None:
    said = luoshi("read", plan)
    assert "\x1b" not in said.out
    lines = said.out.splitlines()
    assert lines[0].strip() == "云溪区普法工作重点任务分解方案"
    assert any("一" in line and "加强宣传" in line for line in lines)
    task = next(line for line in lines if "开展宪法宣传" in line)
    assert "区司法局" in task
    assert "每年12月4日" in said.out
    assert "≥100%" in said.out
    finding = next(line for line in lines if "没有写明牵头部门" in line)
    assert "▲ 警告" in finding
    assert "[6:1]" in finding


def test_findings_come_by_weight(luoshi: Run, plan: Path) -> None:
    out = luoshi("read", plan, "--language", "en").out
    assert out.index("▲ warning") < out.index("● note")


# --- as a process -------------------------------------------------------------------------------------


def test_the_process_prints_utf8_whatever_the_locale(process: Start, plan: Path) -> None:
    child = process("read", plan, "-f", "json")
    out, err = child.communicate()
    assert (child.returncode, err) == (0, b"")
    assert json.loads(out.decode("utf-8"))["tasks"][0]["leads"][0]["name"] == "区司法局"


def test_binary_goes_through_a_pipe_but_not_to_a_terminal(process: Start, plan: Path) -> None:
    out, _ = process("read", plan, "-f", "xlsx").communicate()
    assert out.startswith(b"PK")
    shown, code = on_terminal(process, "read", plan, "-f", "xlsx", stream="stdout")
    assert (shown, code) == ("", 2)


def test_a_terminal_shows_colours_and_a_pipe_does_not(process: Start, plan: Path) -> None:
    shown, code = on_terminal(process, "read", plan, stream="stdout")
    assert code == 0
    assert "\x1b[" in shown
    out, _ = process("read", plan).communicate()
    assert b"\x1b" not in out


def test_many_files_show_their_progress_on_a_terminal(process: Start, folder: Path) -> None:
    shown, code = on_terminal(process, "read", folder, "-f", "jsonl", stream="stderr")
    assert code == 2
    assert "4/4" in shown
    one, _ = on_terminal(process, "read", folder / "a.txt", "-f", "jsonl", stream="stderr")
    assert one == ""


@pytest.fixture
def many(tmp_path: Path, samples: Path) -> Path:
    """A folder of plans that together are more than a pipe holds."""
    made = tmp_path / "many"
    made.mkdir()
    text = (samples / "yunxi.txt").read_text("utf-8")
    for index in range(240):
        (made / f"{index:03}.txt").write_text(f"{text}\n{index}", "utf-8")
    return made


def test_a_reader_that_hangs_up_ends_it_quietly(process: Start, many: Path, scratch: Path) -> None:
    child = process("read", many, "-f", "jsonl")
    assert child.stdout is not None
    assert child.stderr is not None
    assert child.stdout.readline()
    child.stdout.close()
    assert child.stderr.read() == b""
    assert child.wait() == 1
    assert list(scratch.iterdir()) == []


def test_an_interrupt_ends_it_quietly_and_leaves_nothing(process: Start, many: Path, scratch: Path) -> None:
    child = process("read", many, "-f", "jsonl", "--output", many / "out.jsonl", "--jobs", "1")
    # The file beside the target appears when the first plans are written.
    while not list(many.glob(".out.jsonl.*")) and child.poll() is None:
        os.sched_yield()
    os.killpg(child.pid, signal.SIGINT)
    _, err = child.communicate()
    assert child.returncode == 130
    assert err == b""
    assert list(many.glob("*.jsonl*")) + list(many.glob(".*")) == []
    assert list(scratch.iterdir()) == []
