"""The mechanisms that come with the product, and those of a folder: a YAML file each, with its cases."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

_SUFFIX, _CASES = ".yaml", ".cases.yaml"


def declarations(folder: Path | None = None) -> dict[str, str]:
    """The text of every declaration, by the name of its file; a folder's replaces the product's."""
    return {name: text for name, text in _files(folder).items() if not name.endswith(_CASES)}


def cases(folder: Path | None = None) -> dict[str, str]:
    """The text of every file of cases, by the key of its mechanism."""
    files = _files(folder).items()
    return {name.removesuffix(_CASES): text for name, text in files if name.endswith(_CASES)}


def _files(folder: Path | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for place in (resources.files(__name__), folder):
        ours = [] if place is None else [one for one in place.iterdir() if one.name.endswith(_SUFFIX)]
        found |= {one.name: one.read_text(encoding="utf-8") for one in sorted(ours, key=lambda one: one.name)}
    return found
