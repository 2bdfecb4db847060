"""`luoshi open`: a document in the browser."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path

import typer

from luoshi.cli.failure import ExtraMissing, told
from luoshi.cli.options import (
    BrowserOption,
    DataOption,
    DebugOption,
    FileArgument,
    Language,
    LanguageOption,
    PortOption,
)
from luoshi.core.errors import Phrase
from luoshi.core.plan.export.wording import pick


def open_(
    file: FileArgument,
    port: PortOption = None,
    browser: BrowserOption = True,
    data: DataOption = None,
    language: LanguageOption = Language.zh,
    debug: DebugOption = False,
) -> None:
    """读取公文并在浏览器中打开。/ Read a document and show it in the browser.

    只有本机可以访问;按 Ctrl-C 停止。再次打开同一文件,回到原来的审核进度。

    Only this machine can reach it; Ctrl-C stops it. Opening the same file again returns to its review.
    """
    with told(language, debug=debug):
        check_web()
        from luoshi.apps import serving
        from luoshi.intake.files import read_bytes
        from luoshi.intake.guard import read_file
        from luoshi.intake.limits import limits_from_environment

        # First what can be refused: a wrong file leaves no database behind.
        chosen = serving.free_port(port)
        limits = limits_from_environment()
        document, plan = read_file(file, limits)
        content = read_bytes(file, limits)
        serving.prepare(data)
        address = f"http://{serving.HOST}:{chosen}{serving.store(document, plan, content)}"
        serving.serve(chosen, ready=lambda: _announce(address, file, language, browser=browser))


def check_web() -> None:
    """Check that the part that serves pages is installed.

    Raises:
        ExtraMissing: it is not.
    """
    for module in ("django", "granian"):
        if find_spec(module) is None:
            what = Phrase("在浏览器中打开", "Opening in the browser")
            raise ExtraMissing(what=what, module=module, extra="web")


def _announce(address: str, file: Path, language: str, *, browser: bool) -> None:
    typer.echo(pick(language, f"{file.name} 已打开:{address}", f"{file.name} is open at {address}"))
    show_address(address, language, browser=browser)


def show_address(address: str, language: str, *, browser: bool) -> None:
    """Say how to stop, and open the browser where there is a screen."""
    typer.echo(pick(language, "按 Ctrl-C 停止。", "Ctrl-C stops it."), err=True)
    sys.stdout.flush()
    if browser and _has_screen():
        import webbrowser

        webbrowser.open(address)


def _has_screen() -> bool:
    """Whether a browser would have a screen; one that runs inside the terminal is not wanted."""
    return sys.platform in {"darwin", "win32"} or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
