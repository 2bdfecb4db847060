"""Bytes of regular files, and a clear reason for everything else."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from luoshi.core.document.errors import FileMissing, FileUnreadable, TooLarge
from luoshi.core.document.limits import Limits
from luoshi.intake.files import read_bytes


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "方案.txt"
    path.write_bytes(b"abc")
    (tmp_path / "link.txt").symlink_to(path)
    assert read_bytes(path, Limits()) == b"abc"
    assert read_bytes(tmp_path / "link.txt", Limits()) == b"abc"


def test_the_size_is_looked_at_before_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as sparse:
        sparse.truncate(1 << 40)  # a terabyte that takes no room; reading it would end the machine
    with pytest.raises(TooLarge) as caught:
        read_bytes(path, Limits())
    assert str(1 << 40) in caught.value.message("en")
    assert "LUOSHI_LIMIT_BYTES" in caught.value.message("zh")


def test_a_file_that_hides_its_size_is_still_bounded() -> None:
    with pytest.raises(TooLarge):
        read_bytes(Path("/proc/self/maps"), Limits(bytes=100))


def test_what_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "no.txt", tmp_path / "no" / "a.txt", Path(__file__) / "a.txt"):
        with pytest.raises(FileMissing):
            read_bytes(path, Limits())


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(tmp_path / "s"))
        (tmp_path / "loop").symlink_to(tmp_path / "loop")
        for name, words in (
            (".", "folder"), ("pipe", "pipe"), ("s", "socket"), ("loop", "circle"), ("a" * 300, "too long"),
            ("zero\0byte", ""),
        ):  # fmt: skip
            with pytest.raises(FileUnreadable) as caught:
                read_bytes(tmp_path / name, Limits())
            assert words in caught.value.message("en")
            assert caught.value.message("zh")
    with pytest.raises(FileUnreadable, match="设备"):
        read_bytes(Path("/dev/zero"), Limits())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_must_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"abc")
    path.chmod(0)
    with pytest.raises(FileUnreadable, match="权限"):
        read_bytes(path, Limits())
