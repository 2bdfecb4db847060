"""Keep the English catalogue: collect the texts of the interface, and compile what is translated.

Texts are written in Simplified Chinese where they are used; English stands in
`locale/en/LC_MESSAGES/django.po`, and compiled beside it, so that an installation needs no further tool.

    python tools/messages.py             # add new texts to the catalogue, drop unused ones, compile
    python tools/messages.py --check     # only say what is missing; exit code 1 if anything is
    python tools/messages.py --compile   # only compile
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src/luoshi"
CATALOGUE = PACKAGE / "locale/en/LC_MESSAGES/django.po"
FUNCTIONS = {"_": 1, "gettext": 1, "gettext_lazy": 1, "ngettext": 2, "ngettext_lazy": 2}

# What Django makes of a template's tags, in a form that reads as Python. Sample: gettext(u"共 %(n)s 项")
CALL = re.compile(
    r"""(?P<name>n?gettext)\(u?(?P<first>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\"{3}.*?\"{3})"""
    r"""(?:,\s*u?(?P<second>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\"{3}.*?\"{3}))?""",
    re.DOTALL,
)

# A place to fill in. Samples: "%(n)s", "%d", "{name}"
FIELD = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")

# Header lines that differ from day to day. Sample: '"POT-Creation-Date: 2026-01-01"'
DATED = re.compile(
    r'^"(?:POT-Creation|PO-Revision|Last-Translator|Language-Team|Generated).*\n', re.MULTILINE
)

# Chinese words: English may quote those that stand in the Chinese text. Sample: "各镇"
CHINESE = re.compile("[\u3400-\u9fff]+")

Text = tuple[str, ...]


def collect() -> dict[Text, list[str]]:
    """Every text of the interface (one string, or singular and plural), and the files it stands in."""
    found: dict[Text, list[str]] = {}
    for path in sorted((PACKAGE / "templates").rglob("*.html")):
        for text in in_template(path):
            found.setdefault(text, []).append(path.relative_to(PACKAGE).as_posix())
    for folder in ("apps", "settings"):
        for path in sorted((PACKAGE / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                for text in in_python(path):
                    found.setdefault(text, []).append(path.relative_to(PACKAGE).as_posix())
    return found


def in_template(path: Path) -> Iterator[Text]:
    """The texts of a template."""
    for call in CALL.finditer(templatize(path.read_text(encoding="utf-8"), origin=path.name)):
        first = ast.literal_eval(call["first"])
        yield (first, ast.literal_eval(call["second"])) if call["name"] == "ngettext" else (first,)


def in_python(path: Path) -> Iterator[Text]:
    """The texts of a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else ""
        count = FUNCTIONS.get(called, 0)
        values = [argument.value for argument in node.args[:count] if isinstance(argument, ast.Constant)]
        if count and len(values) == count and all(isinstance(value, str) for value in values):
            yield tuple(map(str, values))


def load() -> Catalog:
    """The catalogue as it is, or an empty one."""
    if CATALOGUE.is_file():
        with CATALOGUE.open("rb") as file:
            return read_po(file, locale="en")
    return _empty()


def _empty() -> Catalog:
    return Catalog(
        locale="en", project="luoshi", charset="utf-8", fuzzy=False, header_comment="# English texts"
    )


def lacking(catalogue: Catalog, texts: dict[Text, list[str]]) -> list[str]:
    """What is wrong with the catalogue, one sentence each: no English, other fields, no longer used."""
    wrong = []
    known = {_ids(message): message for message in catalogue if message.id}
    for text, files in texts.items():
        message = known.get(text)
        if message is None or not all(_strings(message)) or message.fuzzy:
            wrong.append(f"no English for {text[0]!r} ({files[0]})")
            continue
        wanted = set(FIELD.findall(text[-1]))
        for english in _strings(message):
            if not set(FIELD.findall(english)) <= wanted:
                wrong.append(f"{english!r} fills in what {text[0]!r} does not give")
            if any(words not in text[-1] for words in CHINESE.findall(english)):
                wrong.append(f"{english!r} is no English")
    wrong += [f"no longer used: {ids[0]!r}" for ids in known if ids not in texts]
    return wrong


def update(catalogue: Catalog, texts: dict[Text, list[str]]) -> Catalog:
    """The same translations for the texts that there are, in the order of the files."""
    known = {_ids(message): message for message in catalogue if message.id}
    fresh = Catalog(
        locale="en", project="luoshi", charset="utf-8", fuzzy=False, header_comment="# English texts"
    )
    for text, files in sorted(texts.items(), key=lambda item: (item[1][0], item[0])):
        kept = known.get(text)
        fresh.add(
            text if len(text) > 1 else text[0],
            kept.string if kept else None,
            locations=[(name, None) for name in dict.fromkeys(files)],
            flags=["python-format"] if FIELD.search(text[-1]) and "%" in text[-1] else [],
        )
    return fresh


def save(catalogue: Catalog) -> None:
    """Write the catalogue for persons; no dates, so that the same texts give the same file."""
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, catalogue, width=108, omit_header=False, include_lineno=False)
    CATALOGUE.write_text(DATED.sub("", CATALOGUE.read_text(encoding="utf-8")), encoding="utf-8")


def compile_catalogue() -> None:
    """Write the compiled catalogue beside the one for persons."""
    with CATALOGUE.with_suffix(".mo").open("wb") as file:
        write_mo(file, load())


def _ids(message: Message) -> Text:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _strings(message: Message) -> Text:
    strings = message.string or ""
    return (strings,) if isinstance(strings, str) else tuple(strings)


def main() -> int:
    """Command line; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only say what is missing")
    parser.add_argument("--compile", action="store_true", help="only compile")
    wanted = parser.parse_args()
    if wanted.compile:
        compile_catalogue()
        return 0
    texts = collect()
    if not wanted.check:
        save(update(load(), texts))
        compile_catalogue()
    wrong = lacking(load(), texts)
    print("\n".join(wrong) or f"interface texts: {len(texts)}, all in English")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
