"""The mechanisms of this installation: those that come with the product, and those of its own folder."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings

from luoshi import mechanisms
from luoshi.core.mechanism.catalogue import Catalogue, load

# A file of an installation may be as large as a declaration may be; what is larger is refused by the loader.
_SUFFIX, _CASES = ".yaml", ".cases.yaml"


@cache
def catalogue() -> Catalogue:
    """All mechanisms, read once in a process.

    Raises:
        DeclarationWrong: one of the files is wrong; the server does not start.
    """
    return load(declarations())


def declarations() -> dict[str, str]:
    """The text of each declaration by its file; a file of the installation replaces one of the product."""
    found = mechanisms.declarations()
    folder = settings.LUOSHI_MECHANISMS
    if folder:
        for path in sorted(Path(folder).glob(f"*{_SUFFIX}")):
            if not path.name.endswith(_CASES):
                found[path.name] = path.read_text(encoding="utf-8")
    return found
