"""The bytes of a file on disk, or a clear reason why there are none."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from luoshi.core.document.errors import FileMissing, FileUnreadable, TooLarge
from luoshi.core.document.limits import Limits
from luoshi.core.errors import Phrase

_KINDS = (
    (stat.S_ISDIR, Phrase("这是文件夹", "it is a folder")),
    (stat.S_ISFIFO, Phrase("这是管道", "it is a pipe")),
    (stat.S_ISSOCK, Phrase("这是套接字", "it is a socket")),
    (stat.S_ISCHR, Phrase("这是设备", "it is a device")),
    (stat.S_ISBLK, Phrase("这是设备", "it is a device")),
)
_REASONS = {
    errno.EACCES: Phrase("没有读取权限", "permission denied"),
    errno.EPERM: Phrase("没有读取权限", "permission denied"),
    errno.EISDIR: Phrase("这是文件夹", "it is a folder"),
    errno.ELOOP: Phrase("链接循环", "its links go round in a circle"),
    errno.ENAMETOOLONG: Phrase("文件名过长", "its name is too long"),
    errno.ENXIO: Phrase("这是套接字", "it is a socket"),
    errno.EIO: Phrase("磁盘读取出错", "the disk cannot be read"),
}


def read_bytes(path: Path, limits: Limits) -> bytes:
    """The content of a regular file.

    The size is looked at before a byte is read, and nothing is opened that could block or act when opened.

    Raises:
        FileMissing: there is no such file (any more).
        FileUnreadable: it is no file, or must not or cannot be read.
        TooLarge: it has more than `limits.bytes`.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        raise _told(path, error) from None
    try:
        found = os.fstat(handle)
        for is_kind, reason in _KINDS:
            if is_kind(found.st_mode):
                raise FileUnreadable(file=path.name or str(path), reason=reason)
        if found.st_size > limits.bytes:
            raise _too_large(path, found.st_size, limits)
        with open(handle, "rb", closefd=False) as stream:
            data = stream.read(limits.bytes + 1)
        if len(data) > limits.bytes:  # it grew, or said nothing of its size
            raise _too_large(path, len(data), limits)
        return data
    except OSError as error:
        raise _told(path, error) from None
    finally:
        os.close(handle)


def _too_large(path: Path, size: int, limits: Limits) -> TooLarge:
    what = Phrase("大小(字节)", "a size in bytes of")
    return TooLarge(file=path.name, what=what, size=size, limit=limits.bytes, setting="LUOSHI_LIMIT_BYTES")


def _told(path: Path, error: OSError | ValueError) -> FileMissing | FileUnreadable:
    code = error.errno if isinstance(error, OSError) else None
    if code in (errno.ENOENT, errno.ENOTDIR):
        return FileMissing(file=str(path))
    reason: object = _REASONS.get(code or 0) or (error.strerror if isinstance(error, OSError) else str(error))
    return FileUnreadable(file=str(path).replace("\0", "\\0"), reason=reason)
