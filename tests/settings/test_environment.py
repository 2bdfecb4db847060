"""What an installation may change: read from the environment, with a key that is made once."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from pydantic import ValidationError

from luoshi.settings.environment import Settings, parse_database_url


def test_every_setting_is_described() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_the_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "new", secret_key="")
    key = settings.key()
    assert len(key) > 60
    assert settings.key() == key
    kept = tmp_path / "new" / "secret-key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_given_key_is_not_written_down(tmp_path: Path) -> None:
    assert Settings(data=tmp_path, secret_key="given").key() == "given"
    assert not list(tmp_path.iterdir())


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUOSHI_HOSTS", '["plans.example.gov.cn"]')
    monkeypatch.setenv("LUOSHI_JOBS", "inline")
    settings = Settings()
    assert settings.hosts == ["plans.example.gov.cn"]
    assert settings.jobs == "inline"
    monkeypatch.setenv("LUOSHI_JOBS", "cloud")
    with pytest.raises(ValidationError, match="thread"):
        Settings()


def test_the_database_is_in_the_data_folder_unless_named(tmp_path: Path) -> None:
    assert Settings(data=tmp_path, database_url="").database()["NAME"] == str(tmp_path / "luoshi.sqlite3")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("sqlite:///:memory:", {"NAME": ":memory:"}),
        ("sqlite:///plans.sqlite3", {"NAME": "plans.sqlite3"}),
        (
            "postgresql://a:b@h:5433/n?sslmode=require",
            {"HOST": "h", "PORT": "5433", "NAME": "n", "USER": "a"},
        ),
        ("postgresql://luoshi@/luoshi?host=/run/pg", {"HOST": "", "OPTIONS": {"host": "/run/pg"}}),
    ],
)
def test_addresses_of_databases(url: str, expected: dict[str, object]) -> None:
    parsed = parse_database_url(url)
    assert {name: parsed[name] for name in expected} == expected


def test_other_databases_are_refused() -> None:
    with pytest.raises(ValueError, match="mysql"):
        parse_database_url("mysql://a@b/c")
