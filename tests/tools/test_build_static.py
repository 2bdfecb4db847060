"""The front-end kits: locked with hashes, no host named, everything the templates use is there."""

from __future__ import annotations

import json
import re

import pytest

from tests.conftest import _not_run
from tools import build_static

LOCK = json.loads((build_static.ROOT / "package-lock.json").read_text(encoding="utf-8"))


def test_lock_holds_hashes_and_names_no_registry() -> None:
    packages = {name: entry for name, entry in LOCK["packages"].items() if name}
    assert packages
    for name, entry in packages.items():
        assert entry["integrity"].startswith("sha512-"), name
        assert "resolved" not in entry, name


def test_everything_named_is_built() -> None:
    if not build_static.is_current():
        _not_run("the front-end kits are not built; run: python tools/build_static.py")
    for name in build_static.FILES.values():
        built = build_static.VENDOR / name
        assert built.stat().st_size > 100
        assert "sourceMappingURL" not in built.read_text(encoding="utf-8")[-300:]


@pytest.mark.parametrize("name", ["bootstrap", "htmx", "echarts"])
def test_licences_come_along(name: str) -> None:
    assert f"{name}.LICENSE.txt" in build_static.FILES.values()


def test_templates_use_only_what_is_built() -> None:
    used = set()
    for path in (build_static.ROOT / "src/luoshi/templates").rglob("*.html"):
        used |= set(re.findall(r"'vendor/([^']+)'", path.read_text(encoding="utf-8")))
    assert used == {name for name in build_static.FILES.values() if not name.endswith(".txt")}
