"""The files of the repository, without what git ignores: also right where git is not installed."""

from __future__ import annotations

from collections.abc import Iterator
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
    top = [path for path in ROOT.iterdir() if path.is_file()]
    below = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]
    for path in sorted([*top, *below]):
        parts = path.relative_to(ROOT).parts
        if not any(part.endswith(GENERATED) for part in parts):
            yield path


def text_files() -> list[Path]:
    """Every file that holds text."""
    return [path for path in files() if path.suffix in TEXT]


def python_files() -> list[Path]:
    """Every Python file."""
    return [path for path in files() if path.suffix == ".py"]
