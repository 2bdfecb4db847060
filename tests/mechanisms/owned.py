"""An installation with declarations of its own beside those of the product."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from django.test import override_settings

from luoshi.apps.draws.queries.waiting import _waiting
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.operations.ticking import _by_the_day
from luoshi.apps.register.queries.waiting import waiting_for
from luoshi.apps.work.queries.counted import _compiled


@contextmanager
def own_folder(folder: Path, files: Mapping[str, str]) -> Iterator[None]:
    """Start anew with a folder that holds these files, as a server does; and without it afterwards."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    with override_settings(LUOSHI_MECHANISMS=str(folder)):
        _start_anew()
        try:
            yield
        finally:
            _start_anew()


def _start_anew() -> None:
    for read_once in (catalogue, _by_the_day, waiting_for, _waiting, _compiled):
        read_once.cache_clear()
