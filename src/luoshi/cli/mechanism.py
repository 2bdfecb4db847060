"""`luoshi mechanism`: check declarations, show one, draw its states, begin a new one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from luoshi import mechanisms
from luoshi.cli.failure import told
from luoshi.cli.options import DebugOption, Language, LanguageOption
from luoshi.core.errors import LuoshiError
from luoshi.core.plan.export.wording import pick

if TYPE_CHECKING:
    from luoshi.core.mechanism.catalogue import Catalogue

mechanism = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

KeyArgument = Annotated[str, typer.Argument(help="机制的名称。/ The key of the mechanism.", metavar="KEY")]
FolderOption = Annotated[
    Path | None,
    typer.Option(
        help="自己的机制所在的文件夹。/ Folder with declarations of your own.",
        exists=True,
        file_okay=False,
        metavar="DIR",
    ),
]


class CaseFails(LuoshiError):
    """A case that does not come out as it says."""

    code = "mechanism-case-fails"
    zh = "{mechanism}的用例“{case}”与声明不符:{what}"
    en = "A case of {mechanism}, “{case}”, does not come out as it says: {what}"


@mechanism.callback()
def group() -> None:
    """业务机制的声明。/ Declarations of mechanisms."""


@mechanism.command()
def check(
    folder: FolderOption = None, language: LanguageOption = Language.zh, debug: DebugOption = False
) -> None:
    """检查全部声明并运行其用例。/ Check all declarations and run their cases.

    有误时说明文件、行号、位置和允许的写法,退出码为 2。

    What is wrong is told with file, line, place and what is allowed; the exit code is then 2.
    """
    with told(language, debug=debug):
        catalogue = _catalogue(folder)
        ran = 0
        for key, case, found in _failures(catalogue, folder, language):
            ran += 1
            if found:
                raise CaseFails(mechanism=key, case=case, what="; ".join(found))
        said = pick(language, "{n}个机制、{ran}个用例全部正确。", "{n} mechanisms and {ran} cases are right.")
        typer.echo(said.format(n=len(list(catalogue)), ran=ran))


@mechanism.command()
def show(
    key: KeyArgument,
    folder: FolderOption = None,
    number: Annotated[
        int | None,
        typer.Option(
            "--version",
            help="第几版；默认最新的一版。/ Which version; the newest by default.",
            min=1,
            metavar="N",
            show_default=False,
        ),
    ] = None,
    language: LanguageOption = Language.zh,
    debug: DebugOption = False,
) -> None:
    """显示一个机制的字段、步骤、时限和指标。/ Show the fields, steps, limits and indicators of one.

    有多个版本的，同时列出各版施行日期和变化。

    Of a mechanism with several versions it also says from when each is in force and what it changed.
    """
    with told(language, debug=debug):
        from luoshi.core.mechanism.describing import page

        found = _catalogue(folder)
        shown = found.latest(key) if number is None else found.version(key, number)
        typer.echo(page(shown, language, found.versions[key]), nl=False)


@mechanism.command()
def diagram(
    key: KeyArgument,
    folder: FolderOption = None,
    language: LanguageOption = Language.zh,
    debug: DebugOption = False,
) -> None:
    """输出状态图(Mermaid)。/ Print the diagram of states, for Mermaid."""
    with told(language, debug=debug):
        from luoshi.core.mechanism.describing import diagram as drawn

        typer.echo(drawn(_catalogue(folder).latest(key), language))


@mechanism.command()
def new(
    key: KeyArgument,
    folder: Annotated[
        Path, typer.Option(help="写入的文件夹。/ Folder to write into.", file_okay=False, metavar="DIR")
    ] = Path(),
    language: LanguageOption = Language.zh,
    debug: DebugOption = False,
) -> None:
    """新建一个机制的声明和用例,可直接使用。/ Begin a mechanism: a declaration and cases that pass."""
    with told(language, debug=debug):
        from luoshi.core.mechanism.beginning import skeleton

        for name, text in skeleton(key).items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            # "x": what is there already is never overwritten.
            with target.open("x", encoding="utf-8") as file:
                file.write(text)
            typer.echo(str(target))


def _catalogue(folder: Path | None) -> Catalogue:
    # Imported here: the reader of YAML is not needed to start.
    from luoshi.core.mechanism.catalogue import load

    return load(mechanisms.declarations(folder))


def _failures(
    catalogue: Catalogue, folder: Path | None, language: str
) -> Iterator[tuple[str, str, list[str]]]:
    """Every case with what comes out differently."""
    from luoshi.core.calendar.working_days import WorkCalendar
    from luoshi.core.mechanism.cases import read_cases
    from luoshi.core.mechanism.running import differences

    for key, text in mechanisms.cases(folder).items():
        for case in read_cases(key, text, f"{key}.cases.yaml"):
            yield key, case.name.said(language), list(differences(case, catalogue, WorkCalendar()))
