"""The mechanisms of this installation: those that come with the product, and those of its own folder."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings

from luoshi import mechanisms
from luoshi.core.mechanism.catalogue import Catalogue, load


@cache
def catalogue() -> Catalogue:
    """All mechanisms, read once in a process.

    Raises:
        DeclarationWrong: one of the files is wrong; the server does not start.
    """
    return load(declarations())


def declarations() -> dict[str, str]:
    """The text of each declaration by its file; a file of the installation replaces one of the product."""
    folder = settings.LUOSHI_MECHANISMS
    return mechanisms.declarations(Path(folder) if folder else None)
