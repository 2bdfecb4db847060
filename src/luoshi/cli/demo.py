"""`luoshi demo`: a made-up district whose plan has been at work for a while, in the browser."""

from __future__ import annotations

from datetime import date

import typer

from luoshi.cli.failure import told
from luoshi.cli.open import check_web, show_address
from luoshi.cli.options import BrowserOption, DataOption, DebugOption, Language, LanguageOption, PortOption
from luoshi.core.plan.export.wording import pick


def demo(
    port: PortOption = None,
    browser: BrowserOption = True,
    data: DataOption = None,
    language: LanguageOption = Language.zh,
    debug: DebugOption = False,
) -> None:
    """打开虚构的云溪区:方案已交办,正在第二个季度报送。/ Open a made-up district in its second quarter.

    登录页可选不同角色;只有本机可以访问,按 Ctrl-C 停止。数据不过期,再次运行接着上次继续。

    The log-in page offers its roles. Only this machine can reach it; Ctrl-C stops it. The next run goes on
    where this one ended.
    """
    with told(language, debug=debug):
        check_web()
        from luoshi.apps import serving

        chosen = serving.free_port(port)
        serving.prepare(data, demo=True)
        address = f"http://{serving.HOST}:{chosen}{serving.make_demo(lambda week: _tell(week, language))}"
        serving.serve(chosen, ready=lambda: _announce(address, language, browser=browser))


def _announce(address: str, language: str, *, browser: bool) -> None:
    typer.echo(pick(language, f"演示已就绪:{address}", f"The demo is ready at {address}"))
    show_address(address, language, browser=browser)


def _tell(week: date, language: str) -> None:
    """Say which week of the story is being made: it takes about a minute, once."""
    typer.echo(pick(language, f"演示数据:{week} 的一周", f"The demo's story: the week of {week}"), err=True)
