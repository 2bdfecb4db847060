"""Markdown shows every word of a plan as it is, whatever marks it holds."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from luoshi.core.plan.export.markdown import escape, to_markdown
from luoshi.core.plan.model import BodyMention, Finding, Metadata, Plan, Section, Task
from luoshi.core.source import Span
from tests.core.plan.strategies import plans


def shown(markdown: str) -> str:
    """The visible text of a Markdown document."""
    parts: list[str] = []
    for token in MarkdownIt().parse(markdown):
        for child in token.children or []:
            parts.append(child.content if child.type in {"text", "code_inline", "text_special"} else " ")
        parts.append(token.content if token.type in {"code_block", "fence"} else "\n")
    return "".join(parts)


@given(st.text("1.)*_-+=#>|`~![]()<>&;\\ 落实a\n\t"))
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    assert shown(escape(text)).split() == text.split()


@given(plans())
def test_every_word_of_every_task_is_shown(plan: Plan) -> None:
    visible = re.sub(r"\s", "", shown(to_markdown(plan)))
    for task in plan.tasks:
        for line in task.text.splitlines():
            assert re.sub(r"\s", "", line) in visible
        for body in (*task.leads, *task.responsibles):
            assert body.name in visible


def test_sections_stand_above_their_tasks_once() -> None:
    sections = (
        Section("s1", "二", "增强法治观念", 1, None, Span(0, 1)),
        Section("s2", "(一)", "抓实普法", 2, "s1", Span(0, 1)),
    )
    tasks = tuple(Task(f"t{n}", str(n), f"任务{n}", "s2", None, f"{n}.任务{n}。", Span(0, 1)) for n in (1, 2))
    lines = to_markdown(Plan(Metadata(title="方案"), "x", (), sections, tasks, ())).splitlines()
    headings = [line for line in lines if line.startswith("#")]
    assert headings == [
        "# 方案",
        "## 二 增强法治观念",
        "### (一) 抓实普法",
        "###### 1 任务1",
        "###### 2 任务2",
    ]


def test_bodies_and_findings_are_told_in_the_language_asked_for() -> None:
    body = BodyMention("云溪区司法局", "云溪区司法局", Span(0, 1), False, "")
    task = Task("t1", "1", None, None, None, "加强普法", Span(0, 4), responsibles=(body,))
    doubts = (
        Finding("stray-space", Span(0, 1), {"was": "普 法"}),
        Finding("no-lead", Span(0, 1), {"number": "1"}),
    )
    plan = Plan(Metadata(title="方案"), "加强普法", (), (), (task,), doubts)
    zh, en = to_markdown(plan), to_markdown(plan, "en")
    assert "- **责任**:云溪区司法局" in zh
    assert "- **Responsible**: 云溪区司法局" in en
    assert en.index("Task 1 names no lead body.") < en.index("Stray white space")
    assert "**警告** `no-lead`" in zh
