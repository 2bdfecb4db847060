"""A small disk of its own, for a database that is to run out of room."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SIZE = "512m"
MOUNT = "mount"


@contextmanager
def small_disk() -> Iterator[Path | None]:
    """A disk in memory, open to everybody; none where mounting is not allowed."""
    with tempfile.TemporaryDirectory(prefix="luoshi-disk-") as folder:
        mount = [MOUNT, "-t", "tmpfs", "-o", f"size={SIZE},mode=1777", "tmpfs", folder]
        if shutil.which(MOUNT) is None or subprocess.run(mount, capture_output=True, check=False).returncode:
            yield None
            return
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "-l", folder], check=False)


@contextmanager
def filled(disk: Path, *, room: int) -> Iterator[None]:
    """The disk has only so many bytes left."""
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        piece = bytes(64 * 1024)
        while shutil.disk_usage(disk).free > room + len(piece):
            file.write(piece)
            file.flush()
    try:
        yield
    finally:
        ballast.unlink()
