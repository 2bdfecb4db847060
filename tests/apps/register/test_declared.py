"""Declarations of an installation's own: read at the start, and refused there when they are wrong."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from django.test import override_settings

from luoshi.apps.register.declared import FolderMissing, catalogue, own_folder
from luoshi.core.mechanism.beginning import skeleton
from tests.cli.conftest import COMMAND
from tests.mechanisms.owned import own_folder as installed


def _start(folder: Path) -> subprocess.CompletedProcess[str]:
    env = {
        **os.environ,
        "LUOSHI_DATA": str(folder.parent / "data"),
        "LUOSHI_LANGUAGE": "zh",
        "LUOSHI_DATABASE_URL": "",
        "LUOSHI_MECHANISMS": str(folder),
        "DJANGO_SETTINGS_MODULE": "luoshi.settings.sqlite",
    }
    return subprocess.run([COMMAND, "tick"], env=env, capture_output=True, text=True, check=False)


def test_its_own_stand_beside_those_of_the_product(tmp_path: Path) -> None:
    with installed(tmp_path, skeleton("street-lamps")):
        assert {"street-lamps", "legal-aid"} <= {one.key for one in catalogue()}
    assert "street-lamps" not in {one.key for one in catalogue()}


def test_a_file_takes_the_place_of_the_product_s(tmp_path: Path) -> None:
    text = skeleton("culture-venues")["culture-venues.yaml"]
    with installed(tmp_path, {"culture-venues.yaml": text}):
        assert catalogue().latest("culture-venues").name.zh == "新的台账"


def test_without_the_setting_there_is_no_folder() -> None:
    with override_settings(LUOSHI_MECHANISMS=""):
        assert own_folder() is None


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    with override_settings(LUOSHI_MECHANISMS=str(tmp_path / "none")), pytest.raises(FolderMissing):
        own_folder()


def test_a_wrong_file_stops_the_start_with_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    text = skeleton("street-lamps")["street-lamps.yaml"].replace("theme: work", "theme: wrok")
    (folder / "street-lamps.yaml").write_text(text, encoding="utf-8")
    started = _start(folder)
    assert started.returncode == 2
    assert started.stdout == ""
    assert started.stderr == "street-lamps.yaml第8行(theme):不认识“wrok”,是否应为“work”?\n"


def test_a_missing_folder_stops_the_start(tmp_path: Path) -> None:
    started = _start(tmp_path / "none")
    assert started.returncode == 2
    assert "LUOSHI_MECHANISMS" in started.stderr
