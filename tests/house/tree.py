"""The files of the repository, without what git ignores: also right where git is not installed."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/luoshi"

FOLDERS = (".ci", "benchmarks", "docs", "requirements", "src", "tests", "tools")
# Made by programs, or fetched: nobody writes or reviews their lines.
GENERATED = ("__pycache__", "vendor", "migrations", ".egg-info", "node_modules")
TEXT = {
    "",
    ".cfg",
    ".css",
    ".html",
    ".in",
    ".js",
    ".json",
    ".jsonl",
    ".md",
    ".po",
    ".py",
    ".toml",
    ".txt",
    ".yaml",
}


def files() -> Iterator[Path]:
    """Every file that people keep, in name order."""
    # In a second working tree `.git` is a file, which says where the first one is.
    top = [path for path in ROOT.iterdir() if path.is_file() and path.name != ".git"]
    below = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]
    for path in sorted([*top, *below]):
        parts = path.relative_to(ROOT).parts
        if not any(part.endswith(GENERATED) for part in parts):
            yield path


def name(path: Path) -> str:
    """The path as people write it."""
    return path.relative_to(ROOT).as_posix()


@cache
def text_of(path: Path) -> str:
    """What a file holds, read once for all rules."""
    return path.read_text(encoding="utf-8")


@cache
def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a file, made once for all rules."""
    return ast.parse(text_of(path), str(path))


def hold(rule: Callable[[Path], None], paths: Iterable[Path]) -> None:
    """Hold `rule` against every file, and tell of all that break it together.

    One test for all files instead of one for each: thousands of tests cost more than what they look at.
    """
    looked_at, broken = 0, []
    for path in paths:
        looked_at += 1
        try:
            rule(path)
        except AssertionError as error:
            broken.append(str(error) or name(path))
    assert looked_at, "there are no files"
    assert not broken, "\n".join(broken)


def text_files() -> list[Path]:
    """Every file that holds text."""
    return [path for path in files() if path.suffix in TEXT]


def python_files() -> list[Path]:
    """Every Python file."""
    return [path for path in files() if path.suffix == ".py"]
