"""`luoshi mechanism`: what is declared is checked, shown, drawn, and begun."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from luoshi import mechanisms
from tests.cli.conftest import Said
from tools.docs.declaration_shape import declaration_schema

Run = Callable[..., Said]


def test_all_declarations_and_their_cases_are_right(luoshi: Run) -> None:
    said = luoshi("mechanism", "check", "--language", "en")
    assert (said.code, said.err) == (0, "")
    assert said.out.endswith("cases are right.\n")


def test_a_new_mechanism_passes_at_once_and_is_shown(luoshi: Run, tmp_path: Path) -> None:
    made = luoshi("mechanism", "new", "street-lamps", "--folder", tmp_path)
    assert [Path(line).name for line in made.out.splitlines()] == [
        "street-lamps.yaml",
        "street-lamps.cases.yaml",
    ]
    assert luoshi("mechanism", "check", "--folder", tmp_path).code == 0
    shown = luoshi("mechanism", "show", "street-lamps", "--folder", tmp_path, "--language", "en")
    assert "| Time to handle it | 15 working days |" in shown.out
    drawn = luoshi("mechanism", "diagram", "street-lamps", "--folder", tmp_path)
    assert "open --> done: 办结" in drawn.out


def test_versions_are_shown_with_what_each_changed(luoshi: Run, tmp_path: Path) -> None:
    later = "key: legal-aid\nversion: 2\nin-force: {start: 2099-01-01}\nextends: 1\n"
    later += "limits: {review: {amount: 5}}\n"
    (tmp_path / "legal-aid@2.yaml").write_text(later, encoding="utf-8")
    arguments = ("mechanism", "show", "legal-aid", "--folder", tmp_path, "--language", "en")
    newest, first = luoshi(*arguments).out, luoshi(*arguments, "--version", "1").out
    for page in (newest, first):
        assert "| 2 | 2099-01-01 | Limits, Review: 7 days → 5 days |" in page
    assert ("| Review | 5 days |" in newest, "| Review | 7 days |" in first) == (True, True)
    assert luoshi(*arguments, "--version", "3").code == 2


def test_what_is_there_is_never_overwritten(luoshi: Run, tmp_path: Path) -> None:
    luoshi("mechanism", "new", "street-lamps", "--folder", tmp_path)
    again = luoshi("mechanism", "new", "street-lamps", "--folder", tmp_path)
    assert again.code == 2
    assert "street-lamps.yaml" in again.err


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("amount: 15", "amount: 3", "is due 2026-03-05"),
        ("needs: [result]", "needs: [reslt]", "line 39"),
        ("type: long-text", "type: longtext", "did you mean “long-text”"),
    ],
)
def test_what_is_wrong_is_told(luoshi: Run, tmp_path: Path, old: str, new: str, said: str) -> None:
    luoshi("mechanism", "new", "street-lamps", "--folder", tmp_path)
    file = tmp_path / "street-lamps.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    found = luoshi("mechanism", "check", "--folder", tmp_path, "--language", "en")
    assert found.code == 2
    assert said in found.err


@pytest.mark.parametrize("key", ["", "Street", "a--b", "../x", "x" * 80])
def test_a_key_has_to_be_one(luoshi: Run, tmp_path: Path, key: str) -> None:
    assert luoshi("mechanism", "new", key, "--folder", tmp_path).code == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", sorted(mechanisms.declarations()))
def test_the_schema_for_editors_takes_every_declaration(name: str) -> None:
    # As an editor reads it: days are words.
    loader = type(
        "Plain",
        (yaml.SafeLoader,),
        {"yaml_implicit_resolvers": dict(yaml.SafeLoader.yaml_implicit_resolvers)},
    )
    for first, resolvers in loader.yaml_implicit_resolvers.items():
        loader.yaml_implicit_resolvers[first] = [one for one in resolvers if "timestamp" not in one[0]]
    found = yaml.load(mechanisms.declarations()[name], Loader=loader)  # noqa: S506 (a safe loader without days)
    Draft202012Validator(declaration_schema()).validate(found)
