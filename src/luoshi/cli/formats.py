"""`luoshi formats`: what can be read on this machine."""

from __future__ import annotations

import shutil

import typer

from luoshi.cli.options import Language, LanguageOption
from luoshi.core.plan.export.wording import pick

READ = (
    ("txt", "纯文本(UTF-8、UTF-16、GB18030)", "plain text (UTF-8, UTF-16, GB18030)"),
    ("html", "网页", "web page"),
    ("docx", "Word、WPS 文档", "Word or WPS document"),
    ("pdf", "带文字层的 PDF", "PDF with a text layer"),
    ("ofd", "OFD 版式文件", "OFD (GB/T 33190)"),
    ("xlsx", "Excel 任务表", "Excel table of tasks"),
)
CONVERTED = (
    ("doc", "旧版 Word 文档", "old Word document"),
    ("wps", "WPS 文字文档", "WPS document"),
)


def formats(language: LanguageOption = Language.zh) -> None:
    """列出本机可读取的公文格式。/ List what can be read on this machine."""
    for suffix, zh, en in READ:
        typer.echo(f"{suffix:5} {pick(language, zh, en)}")
    office = find_office()
    note = (
        pick(language, f"经 LibreOffice 转换:{office}", f"through LibreOffice: {office}")
        if office
        else pick(
            language,
            "需要安装 LibreOffice,本机未找到;也可另存为 docx",
            "needs LibreOffice, which was not found; or save as docx",
        )
    )
    for suffix, zh, en in CONVERTED:
        typer.echo(f"{suffix:5} {pick(language, zh, en)} ({note})")


def find_office() -> str | None:
    """The path of LibreOffice, if it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")
