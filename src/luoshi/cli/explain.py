"""`luoshi explain`: why each field of a task was read as it was."""

from __future__ import annotations

from typing import Annotated

import typer

from luoshi.cli.failure import told
from luoshi.cli.options import DebugOption, FileArgument, Language, LanguageOption
from luoshi.core.errors import LuoshiError
from luoshi.core.plan.export.wording import task_words
from luoshi.core.plan.model import Plan, Task


class NoSuchTask(LuoshiError):
    """A task that the plan does not have."""

    code = "task-unknown"
    zh = "{file}中没有编号或标识为“{task}”的任务;请改用其中之一:{known}。"
    en = "{file} has no task with the number or id “{task}”; use one of these: {known}."


class NoTasks(LuoshiError):
    """A document without any task."""

    code = "task-none"
    zh = "{file}中没有读到任务,无可说明;请用“luoshi read”查看读取结果。"
    en = "No tasks were found in {file}, so there is nothing to explain; see what “luoshi read” shows."


class SeveralTasks(LuoshiError):
    """A number that several tasks carry."""

    code = "task-ambiguous"
    zh = "{file}中编号“{task}”的任务有多个;请改用标识:{known}。"
    en = "{file} has several tasks with the number “{task}”; use one of their ids: {known}."


def explain(
    file: FileArgument,
    task: Annotated[
        str,
        typer.Argument(help="任务编号或标识,如 15 或 t15。/ Number or id of a task.", metavar="TASK"),
    ],
    language: LanguageOption = Language.zh,
    debug: DebugOption = False,
) -> None:
    """说明一项任务的各个要素为何这样读取。/ Tell why each field of a task was read as it was.

    逐项列出所用规则及理由、原文和它在文件中的位置。

    For each field: the rule and its reason, the quotation, and its place in the file.
    """
    with told(language, debug=debug):
        from luoshi.intake.guard import read_file
        from luoshi.intake.limits import limits_from_environment
        from luoshi.intake.lines import file_lines

        document, plan = read_file(file, limits_from_environment())
        wanted = find_task(plan, task)

        from luoshi.cli.explanation import print_explanation

        print_explanation(document, plan, wanted, language, file_lines(file, document.format))


def find_task(plan: Plan, name: str) -> Task:
    """The task with this id or number.

    Raises:
        NoTasks: the plan has none at all.
        NoSuchTask: none carries this name.
        SeveralTasks: several carry this number.
    """
    file = plan.metadata.file
    if not plan.tasks:
        raise NoTasks(file=file)
    found = [task for task in plan.tasks if name in (task.number, task.id)]
    exact = [task for task in found if task.id == name]
    if not found:
        raise NoSuchTask(file=file, task=name, known="、".join(task.number or task.id for task in plan.tasks))
    if len(found) > 1 and not exact:
        known = "、".join(f"{task.id}({task_words(task, 12)})" for task in found)
        raise SeveralTasks(file=file, task=name, known=known)
    return (exact or found)[0]
