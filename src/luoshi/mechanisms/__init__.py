"""The mechanisms that come with the product: one YAML file each, with its cases beside it."""

from __future__ import annotations

from importlib import resources

_CASES = ".cases.yaml"


def declarations() -> dict[str, str]:
    """The text of every declaration, by the name of its file."""
    return {name: text for name, text in _files().items() if not name.endswith(_CASES)}


def cases() -> dict[str, str]:
    """The text of every file of cases, by the key of its mechanism."""
    return {name.removesuffix(_CASES): text for name, text in _files().items() if name.endswith(_CASES)}


def _files() -> dict[str, str]:
    found = (one for one in resources.files(__name__).iterdir() if one.name.endswith(".yaml"))
    return {one.name: one.read_text(encoding="utf-8") for one in sorted(found, key=lambda one: one.name)}
