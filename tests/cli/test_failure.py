"""What goes wrong around the product is told in a sentence."""

from __future__ import annotations

import errno
import os

import pytest
from django.db.utils import IntegrityError, InterfaceError, OperationalError

from luoshi.cli.failure import DatabaseUnavailable, DiskFull, FileUnavailable, Unexpected, as_told
from luoshi.core.errors import LuoshiError


@pytest.mark.parametrize(
    ("error", "told", "word"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), DiskFull, "No space left"),
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/a/b.luoshi"), DiskFull, "make room"),
        (OSError(errno.EACCES, os.strerror(errno.EACCES), "/a/b.luoshi"), FileUnavailable, "b.luoshi"),
        (OperationalError("connection refused\nIs it running?"), DatabaseUnavailable, "(connection refused)"),
        (OperationalError(), DatabaseUnavailable, "LUOSHI_DATABASE_URL"),
        (InterfaceError("closed"), DatabaseUnavailable, "(closed)"),
        (IntegrityError("no"), Unexpected, "IntegrityError"),
        (ZeroDivisionError(), Unexpected, "--debug"),
    ],
)
def test_an_error_has_words_for_people(error: Exception, told: type[LuoshiError], word: str) -> None:
    known = as_told(error)
    assert type(known) is told
    assert word in known.message("en")
    assert known.message("zh")
