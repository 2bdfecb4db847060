"""The generated pages of `docs/reference/`, each built from the registry that the code itself uses."""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import django
from django.utils.translation import override

import luoshi.apps
import luoshi.core
import luoshi.intake
from luoshi import mechanisms
from luoshi.core.errors import LuoshiError
from luoshi.core.mechanism.catalogue import load
from luoshi.core.mechanism.describing import page as mechanism_page
from luoshi.core.plan.findings import KINDS, WEIGHT
from luoshi.core.plan.rules import RULES, Rule
from luoshi.intake.limits import settings as limit_settings
from luoshi.settings.environment import Settings
from tools.docs.calls import call_page
from tools.docs.commands import command_page
from tools.docs.declaration_shape import declaration_schema
from tools.docs.shape import DRAW, SCHEMA

REFERENCE = Path(__file__).resolve().parents[2] / "docs/reference"
ERRORS = """# Errors

What the command line and the pages say when something cannot be done: one sentence with what, where and what
to do. The command line ends with exit code 2.

"""
FINDINGS = """# Findings

Defects and doubts in a document, for a person to settle. `error`: the plan cannot be issued until it is
settled. `warning`: the reading may be wrong. `note`: repaired in the only way possible, or worth knowing.

"""
GRAMMAR = """# Grammar

Every rule by which words of a document become fields of a plan. `luoshi explain FILE TASK` names the rule
behind each field of a task.
"""
SETTINGS = """# Settings

All settings are environment variables.

## The web half

"""
LIMITS = """
## Limits of reading

A document over a limit is refused, never cut.

"""
EVENTS = """# Events

Every type of entry of the audit log; an entry of another type is refused.

"""
NOTE = "<!-- Written by `make docs` from the code; do not edit by hand. -->\n"


def pages() -> dict[str, str]:
    """File name and text of every generated page."""
    _import_everything()
    return {
        "api.md": NOTE + call_page(),
        "cli.md": NOTE + command_page(),
        "draw.schema.json": json.dumps(DRAW, ensure_ascii=False, indent=2) + "\n",
        "errors.md": NOTE + _errors(),
        "events.md": NOTE + _events(),
        "findings.md": NOTE + _findings(),
        "grammar.md": NOTE + _grammar(),
        "mechanism.schema.json": json.dumps(declaration_schema(), ensure_ascii=False, indent=2) + "\n",
        **_mechanisms(),
        "plan.schema.json": json.dumps(SCHEMA, ensure_ascii=False, indent=2) + "\n",
        "settings.md": NOTE + _settings(),
    }


def error_classes() -> list[type[LuoshiError]]:
    """Every error that a user may read, in the order of its code."""
    _import_everything()

    def below(kind: type[LuoshiError]) -> Iterator[type[LuoshiError]]:
        for child in kind.__subclasses__():
            # A doctest may leave a class of its own behind.
            if child.__module__.startswith("luoshi."):
                yield child
                yield from below(child)

    return sorted(set(below(LuoshiError)), key=lambda kind: (kind.code, kind.__name__))


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _mechanisms() -> dict[str, str]:
    """A page for each mechanism that comes with the product."""
    catalogue = load(mechanisms.declarations())
    return {
        f"mechanism-{one.key}.md": NOTE + mechanism_page(one, "en", catalogue.versions[one.key])
        for one in catalogue
    }


def _import_everything() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.settings.test")
    django.setup()
    for package in (luoshi.core, luoshi.intake, luoshi.apps):
        for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            # What only an outside provider of identities needs is not there without one.
            if not found.name.endswith(".oidc"):
                importlib.import_module(found.name)
    importlib.import_module("luoshi.cli")


def _errors() -> str:
    kinds = [kind for kind in error_classes() if kind.zh is not LuoshiError.zh]
    rows = [(f"`{kind.code}`", kind.zh, kind.en) for kind in kinds]
    return ERRORS + table(("code", "中文", "English"), rows)


def _findings() -> str:
    kinds = sorted(KINDS.values(), key=lambda kind: (WEIGHT[kind.severity], kind.code))
    rows = [(f"`{kind.code}`", kind.severity, kind.zh, kind.en) for kind in kinds]
    return FINDINGS + table(("code", "weight", "中文", "English"), rows)


def _grammar() -> str:
    groups: dict[str, list[Rule]] = {}
    for key in sorted(RULES):
        groups.setdefault(key.partition(".")[0], []).append(RULES[key])
    parts = [GRAMMAR]
    for group, rules in groups.items():
        rows = [(f"`{rule.key}`", rule.sample, rule.zh, rule.en) for rule in rules]
        parts.append(f"\n## {group}\n\n" + table(("rule", "sample", "中文", "English"), rows))
    return "".join(parts)


def _settings() -> str:
    rows = []
    for name, field in Settings.model_fields.items():
        default = f"`{field.default!r}`" if field.default_factory is None else "—"
        rows.append((f"`LUOSHI_{name.upper()}`", default, field.description or ""))
    limits = [(f"`{entry.variable}`", f"`{entry.default:_}`", entry.meaning) for entry in limit_settings()]
    head = ("variable", "default", "meaning")
    return SETTINGS + table(head, rows) + LIMITS + table(head, limits)


def _events() -> str:
    # Only after set-up: the titles are translated when they are read.
    from luoshi.apps.audit.catalogue import TYPES

    rows = [
        (f"`{name}`", _say(kind.title, "zh-hans"), _say(kind.title, "en"))
        for name, kind in sorted(TYPES.items())
    ]
    return EVENTS + table(("type", "中文", "English"), rows)


def _say(words: object, language: str) -> str:
    with override(language):
        return str(words)
