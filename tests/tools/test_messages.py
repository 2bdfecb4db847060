"""The catalogue of texts: complete, current and compiled; no template speaks past it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo

from tools import messages

# What Django's template language takes away before a reader sees the page.
TRANSLATED = re.compile(
    r"{% blocktrans(?:late)?\b.*?{% endblocktrans(?:late)? %}|{%.*?%}|{#.*?#}|{{.*?}}", re.DOTALL
)
SPOKEN = ("alt", "title", "placeholder", "aria-label", "content", "value")
# Names that stay as they are in every language.
NAMES = {"中文"}


def test_every_text_has_its_english() -> None:
    assert messages.lacking(messages.load(), messages.collect()) == []


def test_compiled_catalogue_is_current() -> None:
    compiled = messages.CATALOGUE.with_suffix(".mo").read_bytes()
    assert _english(read_mo(BytesIO(compiled))) == _english(messages.load())


def _english(catalogue: Catalog) -> dict[str, list[str]]:
    """Texts (the singular of those that have two forms) and their translations."""
    plain = [(message.id, message.string) for message in catalogue if message.id]
    return {
        one if isinstance(one, str) else one[0]: [english] if isinstance(english, str) else list(english)
        for one, english in plain
    }


def test_what_is_wrong_is_said() -> None:
    catalogue = messages.load()
    wrong = messages.lacking(catalogue, {("没有译文",): ["templates/a.html"]})
    assert wrong[0] == "no English for '没有译文' (templates/a.html)"
    assert any(sentence.startswith("no longer used") for sentence in wrong)


class _Words(HTMLParser):
    """Collects the Chinese that stands in a template outside of every translation."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self._note(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in SPOKEN and value:
                self._note(value)

    def _note(self, text: str) -> None:
        if messages.CHINESE.search(text) and text.strip() not in NAMES:
            self.found.append(text.strip())


@pytest.mark.parametrize(
    "path", sorted((messages.PACKAGE / "templates").rglob("*.html")), ids=lambda path: path.name
)
def test_templates_say_nothing_untranslated(path: Path) -> None:
    words = _Words()
    words.feed(TRANSLATED.sub(" ", path.read_text(encoding="utf-8")))
    assert words.found == []
