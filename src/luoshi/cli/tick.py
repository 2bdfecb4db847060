"""`luoshi tick`: the one clock of an installation."""

from __future__ import annotations

import typer

from luoshi.cli.failure import told
from luoshi.cli.open import check_web
from luoshi.cli.options import DataOption, DebugOption, Language, LanguageOption
from luoshi.core.plan.export.wording import pick


def tick(
    data: DataOption = None,
    language: LanguageOption = Language.zh,
    debug: DebugOption = False,
) -> None:
    """到点办事:开启期次、生成并发送提醒、推送事件、封存日志。/ Do what is due: open, remind, notify, seal.

    请每十分钟定时运行一次;可随时中断,重复运行不会重复生成或发送。

    Run it every ten minutes. It may be killed at any moment; running it again doubles and loses nothing.
    """
    with told(language, debug=debug):
        check_web()
        from luoshi.apps import serving

        done = serving.tick(data)
        typer.echo(
            pick(
                language,
                "新生成{made}个期次,开启{opened}个;推进{entries}件台账条目;"
                "生成{digests}份提醒,发出{letters}封邮件;推送{events}个事件;日志检查点第{sealed}号。",
                "{made} periods made, {opened} opened; {entries} entries moved on; {digests} digests, "
                "{letters} letters, {events} events sent; checkpoint {sealed}.",
            ).format(**done)
        )
