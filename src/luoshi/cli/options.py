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
