"""`luoshi work`: what a server does for plans at work, to be called by its clock."""

from __future__ import annotations

import typer

from luoshi.cli.failure import told
from luoshi.cli.open import check_web
from luoshi.cli.options import DataOption, DebugOption, Language, LanguageOption
from luoshi.core.plan.export.wording import pick

work = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@work.callback()
def group() -> None:
    """已交办方案的定时工作。/ Regular work on issued plans."""


@work.command()
def advance(
    data: DataOption = None,
    language: LanguageOption = Language.zh,
    debug: DebugOption = False,
) -> None:
    """生成并开启到期的报送期次。/ Make and open the reports whose day has come.

    请每天定时运行一次;可随时中断,重复运行不会重复生成。

    Run it once a day. It may be stopped at any moment, and running it twice makes nothing twice.
    """
    with told(language, debug=debug):
        check_web()
        from luoshi.apps import serving

        made, opened = serving.advance(data)
        typer.echo(
            pick(
                language,
                f"新生成{made}个期次,开启{opened}个。",
                f"{made} periods made, {opened} opened.",
            )
        )
