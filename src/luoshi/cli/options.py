"""Options that several commands share, and the words that they are explained with.

Every explanation is given in Chinese and then in English, because it is shown before a language is chosen.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Language(StrEnum):
    """A language of messages and headings."""

    zh = "zh"
    en = "en"


LanguageOption = Annotated[
    Language,
    typer.Option(envvar="LUOSHI_LANGUAGE", help="提示语言。/ Language of messages and headings."),
]
DebugOption = Annotated[
    bool,
    typer.Option("--debug", help="出错时显示程序调用栈。/ Show the traceback of an error."),
]
FileArgument = Annotated[
    Path,
    typer.Argument(help="公文文件。/ The document.", metavar="FILE"),
]
PortOption = Annotated[
    int | None,
    typer.Option(
        min=1,
        max=65_535,
        help="端口,默认自 8000 起选用空闲端口。/ Port; by default the first free one from 8000.",
        show_default=False,
    ),
]
BrowserOption = Annotated[
    bool,
    typer.Option("--browser/--no-browser", help="是否打开浏览器。/ Whether to open the browser as well."),
]
DataOption = Annotated[
    Path | None,
    typer.Option(help="存放数据库的文件夹。/ Folder for the database.", metavar="DIR", envvar="LUOSHI_DATA"),
]
