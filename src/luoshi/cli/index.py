"""`luoshi index`: write anew what entries of registers are found by."""

from __future__ import annotations

from typing import Annotated

import typer

from luoshi.cli.failure import told
from luoshi.cli.open import check_web
from luoshi.cli.options import DataOption, DebugOption, Language, LanguageOption
from luoshi.core.plan.export.wording import pick


def index(
    mechanism: Annotated[
        str,
        typer.Argument(
            help="机制标识,例如legal-aid;不填为全部。/ The key of a mechanism; all without it.",
            metavar="MECHANISM",
        ),
    ] = "",
    data: DataOption = None,
    language: LanguageOption = Language.zh,
    debug: DebugOption = False,
) -> None:
    """重建台账条目的检索文本。/ Write anew what entries of registers are found by.

    平时随条目和单位更名自动更新;声明改动后运行一次。可随时中断。

    Words follow every change of an entry, and the names of bodies, by themselves; run this after
    declarations changed. It may be stopped at any moment.
    """
    with told(language, debug=debug):
        check_web()
        from luoshi.apps import serving

        serving.set_up(data)
        from luoshi.apps.register.operations.indexing import index_anew

        done = max(index_anew(mechanism=mechanism), default=0)
        typer.echo(
            pick(
                language, "已重建{n}件条目的检索文本。", "The words of {n} entries were written anew."
            ).format(n=done)
        )
