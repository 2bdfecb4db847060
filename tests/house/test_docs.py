"""Documentation that a machine can hold against the code."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.house.tree import ROOT, files, hold, name, text_of
from tools.docs.pages import REFERENCE, error_classes, pages

# A link of Markdown: "[words](concepts/plan.md#roles)".
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)")
# A command in running text: "`make bench`".
MAKE = re.compile(r"`make ([a-z]+)")
# A target that `make help` lists: "bench: $(STAMPS)/bench ## measure …".
TARGET = re.compile(r"^([a-z]+):.*## ", re.MULTILINE)
# A place that AGENTS.md names: "`tools/sample/`".
PLACE = re.compile(r"`((?:\.?[\w-]+/)*[\w.-]+/?)`")

MARKDOWN = [path for path in files() if path.suffix == ".md"]


@pytest.fixture(scope="module")
def written() -> dict[str, str]:
    """What `make docs` would write."""
    return pages()


def test_reference_is_fresh(written: dict[str, str]) -> None:
    stale = [
        name
        for name, text in written.items()
        if not (REFERENCE / name).is_file() or (REFERENCE / name).read_text(encoding="utf-8") != text
    ]
    assert not stale, f"run `make docs`: {stale}"
    assert {path.name for path in REFERENCE.iterdir()} == set(written)


def test_every_error_has_its_own_code_and_both_languages() -> None:
    kinds = error_classes()
    assert len({kind.code for kind in kinds}) == len(kinds)
    for kind in kinds:
        fields = [sorted(set(re.findall(r"\{(\w+)", text))) for text in (kind.zh, kind.en)]
        assert fields[0] == fields[1], f"{kind.code} tells different things in its two languages"


def test_every_setting_has_a_meaning(written: dict[str, str]) -> None:
    rows = [line for line in written["settings.md"].splitlines() if line.startswith("| `LUOSHI_")]
    assert rows
    assert not [row for row in rows if row.endswith("|  |")]


def test_every_command_and_option_has_words(written: dict[str, str]) -> None:
    page = written["cli.md"]
    assert "## luoshi read" in page
    assert not [line for line in page.splitlines() if line.startswith("- ") and line.rstrip().endswith("—")]


def test_links_lead_somewhere() -> None:
    hold(_links_lead_somewhere, MARKDOWN)


def _links_lead_somewhere(path: Path) -> None:
    targets = [target for target in LINK.findall(text_of(path)) if "://" not in target]
    missing = [target for target in targets if not (path.parent / target).exists()]
    assert not missing, f"{name(path)} links to {missing}"


def test_named_commands_exist() -> None:
    known = set(TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
    for path in MARKDOWN:
        named = set(MAKE.findall(text_of(path)))
        assert named <= known, f"{name(path)} names the commands {named - known}"


def test_help_lists_every_command() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony is not None
    assert set(phony[1].split()) == set(TARGET.findall(makefile))
    # Under `make test` this is a make below a make, which would speak of the folders it enters.
    command = ["make", "--no-print-directory", "help"]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {line.split()[0] for line in shown.splitlines()} == set(phony[1].split())


def test_places_in_agents_exist() -> None:
    text = (ROOT / "AGENTS.md").read_text(encoding="utf-8")
    rows = [line.split("|")[2] for line in text.splitlines() if line.startswith("| ") and "`" in line]
    places = {
        place for row in rows for place in PLACE.findall(row) if "/" in place and not place.startswith("..")
    }
    missing = sorted(place for place in places if not (ROOT / place).exists())
    assert not missing, f"AGENTS.md names {missing}"


def test_glossary_has_each_term_once() -> None:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in (ROOT / "docs/concepts/glossary.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| ") and not line.startswith("| 中文")
    ]
    chinese = [row[0] for row in rows]
    assert len(chinese) == len(set(chinese))
    assert all(len(row) == 3 and all(row) for row in rows)


def test_schema_is_a_schema(written: dict[str, str]) -> None:
    schema = json.loads(written["plan.schema.json"])
    assert schema["properties"]["schema"] == {"const": "luoshi.plan/1"}
