"""Errors become one sentence on standard error and an exit code."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from luoshi.core.errors import LuoshiError

# What scripts can rely on: something that was given cannot be used, and Luoshi itself is at fault.
REFUSED = 2
BROKEN = 70
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
DATABASE_AWAY = ("django.db.utils.OperationalError", "django.db.utils.InterfaceError")


class FileUnavailable(LuoshiError):
    """A file or folder that the operating system does not let us use."""

    code = "file-unavailable"
    zh = "无法使用 {file}({reason});请检查路径和权限。"
    en = "{file} cannot be used ({reason}); check its path and permissions."


class ExtraMissing(LuoshiError):
    """A part of Luoshi that is installed separately."""

    code = "extra-missing"
    zh = "{what}需要另外安装的组件({module});请运行:pip install 'luoshi[{extra}]'"
    en = "{what} needs a part that is installed separately ({module}); run: pip install 'luoshi[{extra}]'"


class DiskFull(LuoshiError):
    """No room to write."""

    code = "disk-full"
    zh = "磁盘空间不足({reason});请腾出空间后重新运行,没有写完的文件已经删除。"
    en = "There is no room on the disk ({reason}); make room and run it again; nothing half-written was left."


class DatabaseUnavailable(LuoshiError):
    """The database does not answer, or cannot write."""

    code = "database-unavailable"
    zh = "无法使用数据库({reason});请检查 LUOSHI_DATABASE_URL、数据库是否在运行、磁盘是否已满。"
    en = (
        "The database cannot be used ({reason}); check LUOSHI_DATABASE_URL, whether it runs, and whether its "
        "disk is full."
    )


class Unexpected(LuoshiError):
    """A fault of Luoshi itself."""

    code = "unexpected"
    zh = "程序出现意外问题({fault});请加上 --debug 重新运行,并把显示的内容交给维护人员。"
    en = "An unexpected problem ({fault}); run it with --debug and hand the output to the maintainers."


@contextmanager
def told(language: str, *, debug: bool) -> Iterator[None]:
    """Errors inside are told in one sentence and end the command; with `debug` they keep their traceback."""
    try:
        yield
    except (typer.Exit, BrokenPipeError):
        raise
    except Exception as error:
        if debug:
            raise
        known = as_told(error)
        typer.echo(known.message(language), err=True)
        raise typer.Exit(BROKEN if isinstance(known, Unexpected) else REFUSED) from None


def as_told(error: Exception) -> LuoshiError:
    """The error as one that has words for people."""
    if isinstance(error, LuoshiError):
        return error
    if isinstance(error, OSError) and error.errno in FULL:
        return DiskFull(reason=error.strerror)
    # By its name: the reader runs where no database library is installed.
    if f"{type(error).__module__}.{type(error).__name__}" in DATABASE_AWAY:
        return DatabaseUnavailable(reason=(str(error).splitlines() or [""])[0])
    if isinstance(error, OSError) and error.filename is not None:
        return FileUnavailable(file=Path(str(error.filename)).name, reason=error.strerror)
    return Unexpected(fault=f"{type(error).__name__}: {error}")
