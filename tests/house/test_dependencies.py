"""What is imported is declared, and what is declared is locked."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.house.tree import ROOT, SOURCE, hold, name, python_files, tree_of

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
# The name at the head of a requirement: "psycopg[binary]>=3.2".
REQUIREMENT = re.compile(r"[A-Za-z0-9_.-]+")
# What `pip install .` without an extra has to be able to run.
READING = ("core/document", "core/plan", "intake")
# The packages that bring a module, looked up once: it takes a second.
OWNERS = packages_distributions()
OURS = {"luoshi", "tests", "tools", "benchmarks"}


def canonical(requirement: str) -> str:
    """The name of a requirement as indexes spell it."""
    found = REQUIREMENT.match(requirement)
    assert found is not None
    return found[0].lower().replace("_", "-").replace(".", "-")


def declared(*lists: list[str]) -> set[str]:
    """The names in lists of requirements."""
    return {canonical(requirement) for requirements in lists for requirement in requirements}


READER = declared(PROJECT["project"]["dependencies"])
PRODUCT = READER | declared(*PROJECT["project"]["optional-dependencies"].values())
ALL = PRODUCT | declared(*PROJECT["dependency-groups"].values())


def imported(path: Path) -> set[str]:
    """The top-level packages that a file imports, when it runs."""
    names: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names - OURS - set(sys.stdlib_module_names)


def undeclared(path: Path, allowed: set[str]) -> set[str]:
    """What a file imports that none of `allowed` brings. What is not installed goes by its own name."""
    return {
        module
        for module in imported(path)
        if not {canonical(owner) for owner in OWNERS.get(module, [module])} & allowed
    }


# Types of the stubs, and the parser below typer: whoever installs those has these.
BROUGHT_ALONG = {"django-stubs-ext", "click"}


def test_imports_are_declared() -> None:
    hold(_imports_are_declared, python_files())


def _imports_are_declared(path: Path) -> None:
    if "export" not in path.parts and any(path.is_relative_to(SOURCE / part) for part in READING):
        allowed = READER
    elif path.is_relative_to(SOURCE):
        allowed = PRODUCT
    else:
        allowed = ALL
    missing = undeclared(path, allowed | BROUGHT_ALONG)
    assert not missing, f"{name(path)} imports {missing}, which pyproject.toml does not declare"


@pytest.mark.parametrize("group", ["web", "test", "check", "bench"])
def test_declared_packages_are_locked(group: str) -> None:
    lines = (ROOT / f"requirements/{group}.txt").read_text(encoding="utf-8").splitlines()
    locked = {canonical(line) for line in lines if "==" in line}
    wanted = PRODUCT | (declared(PROJECT["dependency-groups"].get(group, [])))
    assert not wanted - locked - {"luoshi"}, "run `make lock`"
