"""Where results go: standard output, or a file that is either whole or not there."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from luoshi.core.errors import LuoshiError


class BinaryToTerminal(LuoshiError):
    """Bytes that a terminal cannot show."""

    code = "output-binary"
    zh = "{format} 是二进制格式,不能显示在终端;请用 --output 指定文件。"
    en = "{format} is a binary format and cannot be shown on a terminal; name a file with --output."


@contextmanager
def text_output(path: Path | None) -> Iterator[IO[str]]:
    """A stream to write text to. A file appears under its name only when everything has been written."""
    if path is None:
        yield sys.stdout
        # Here, not when the interpreter ends: only here a closed pipe can still be answered quietly.
        sys.stdout.flush()
    else:
        with _replacing(path, "w", encoding="utf-8", newline="\n") as file:
            yield file


@contextmanager
def binary_output(path: Path) -> Iterator[IO[bytes]]:
    """A file to write bytes to that appears under its name only when everything has been written."""
    with _replacing(path, "wb") as file:
        yield file


def write_binary(data: bytes, path: Path | None, *, format: str) -> None:
    """Write bytes to the file, or to standard output if that is no terminal.

    Raises:
        BinaryToTerminal: standard output is a terminal.
    """
    if path is not None:
        with _replacing(path, "wb") as file:
            file.write(data)
        return
    refuse_terminal(format)
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def refuse_terminal(format: str) -> None:
    """Check before long work that its binary result has somewhere to go.

    Raises:
        BinaryToTerminal: standard output is a terminal.
    """
    if sys.stdout.isatty():
        raise BinaryToTerminal(format=format)


@contextmanager
def _replacing(path: Path, mode: str, **options: Any) -> Iterator[IO[Any]]:
    """A new file beside `path` that takes its place at the end, or disappears if anything goes wrong."""
    # A special file such as /dev/stdout is no place to put another file in.
    if path.exists() and not path.is_file():
        with path.open(mode, **options) as file:
            yield file
        return
    target = path.resolve()
    if not target.parent.is_dir():
        raise FileNotFoundError(2, os.strerror(2), str(target.parent))
    # Named before it is made: an interrupt in between must leave nothing behind, either.
    name = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        handle = os.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, mode, **options) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _keep_permissions(name, target)
        name.replace(target)
    except BaseException:
        name.unlink(missing_ok=True)
        raise


def _keep_permissions(new: Path, target: Path) -> None:
    """Give the new file the mode of the one it replaces, or of any new file: until then it is private."""
    if target.exists():
        mode = target.stat().st_mode & 0o777
    else:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    new.chmod(mode)
