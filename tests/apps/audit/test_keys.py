"""The key is made once, is private, and is never made anew without being asked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from luoshi.apps.audit import keys


def test_the_key_is_made_once_and_is_private(data_folder: Path) -> None:
    made = keys.signing_key(make=True)
    assert made.name == "luoshi/000000"
    assert keys.signing_key(make=False).public == made.public
    assert (data_folder / keys.KEY_FILE).stat().st_mode & 0o777 == 0o600


def test_of_many_that_make_it_at_once_one_stays(data_folder: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: keys.signing_key(make=True).public, range(16)))
    assert len(set(made)) == 1
    assert [file.name for file in data_folder.iterdir()] == [keys.KEY_FILE]


@pytest.mark.parametrize("text", ["", "luoshi/000000", "luoshi/000000 00ff", "luoshi/000000 zz x", "云溪 1"])
def test_a_damaged_key_is_told(data_folder: Path, text: str) -> None:
    data_folder.mkdir()
    (data_folder / keys.KEY_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(keys.KeyDamaged, match=keys.KEY_FILE):
        keys.signing_key(make=True)


def test_the_last_checkpoint_is_kept_beside_the_database(data_folder: Path) -> None:
    assert keys.witness() is None
    for text in ("one", "two"):
        keys.keep_witness(text)
    assert keys.witness() == "two"
