"""YAML as declarations use it: mappings, lists and words; every value knows its line.

Values are read as what the reader of a key expects, never as what YAML would guess, so that `on: 2026Q1` is
a key and a period. What makes YAML dangerous or puzzling is refused: aliases, tags, duplicate keys, several
documents, deep nesting, large files.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

import yaml

from luoshi.core.errors import Phrase
from luoshi.core.mechanism.errors import DeclarationWrong

MOST_CHARACTERS = 400_000
DEEPEST = 24
# The parser in C where the library brings it: five times as fast, and the same nodes.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def compose(text: str, file: str) -> yaml.MappingNode:
    """The mapping that a file holds.

    Args:
        text: the whole file.
        file: its name, for messages.

    Raises:
        DeclarationWrong: it is not such a file.

    Example:
        >>> [key.value for key, _ in compose("key: legal-aid\\nversion: 1", "a.yaml").value]
        ['key', 'version']
    """
    node = _parsed(text, file)
    if not isinstance(node, yaml.MappingNode):
        raise _wrong(file, 1, "文件应由“键: 值”组成。", "The file has to consist of “key: value”.")
    _check(node, file)
    return node


def compose_list(text: str, file: str) -> yaml.SequenceNode:
    """The list that a file of cases holds.

    Raises:
        DeclarationWrong: it is not such a file.
    """
    node = _parsed(text, file)
    if not isinstance(node, yaml.SequenceNode):
        raise _wrong(
            file,
            1,
            "文件应为列表,每项以“- ”开头。",
            "The file has to be a list of items that begin with “- ”.",
        )
    _check(node, file)
    return node


def place_of(node: yaml.Node) -> tuple[str, int]:
    """The file and the line on which a value begins, from 1; they stay with it when versions are merged."""
    return str(node.start_mark.name), int(node.start_mark.line) + 1


class _Named(StringIO):
    """A text with a name, which the marks of its nodes take over."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__(text)
        self.name = name


def _parsed(text: str, file: str) -> yaml.Node | None:
    if len(text) > MOST_CHARACTERS:
        zh = f"文件超过{MOST_CHARACTERS}字,请拆分。"
        raise _wrong(file, 1, zh, f"The file has more than {MOST_CHARACTERS} characters; split it.")
    try:
        _check_events(text, file)
        return yaml.compose(_Named(text, file), Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = str(getattr(error, "problem", "") or "YAML")
        line = mark.line + 1 if mark else 1
        raise _wrong(file, line, f"不是有效的YAML({said})。", f"This is not valid YAML ({said}).") from None


def _check_events(text: str, file: str) -> None:
    """Before anything is built: nesting, aliases, tags, one document."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
        if depth > DEEPEST:
            raise _wrong(file, line, f"嵌套超过{DEEPEST}层。", f"Nested more than {DEEPEST} deep.")
        if documents > 1:
            raise _wrong(file, line, "一个文件只能有一份声明。", "A file holds one declaration only.")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _wrong(file, line, "不能使用锚点(&、*)。", "Anchors and aliases (& and *) are not allowed.")
        if getattr(event, "tag", None):
            raise _wrong(file, line, "不能使用标签(!)。", "Tags (!) are not allowed.")


def _check(node: yaml.Node, file: str) -> None:
    for inner in _inside(node, file):
        _check(inner, file)


def _inside(node: yaml.Node, file: str) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.SequenceNode):
        yield from node.value
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _wrong(file, place_of(key)[1], "键应为文字。", "A key has to be a word.")
            if key.value in seen:
                zh = f"“{key.value}”写了两次。"
                raise _wrong(file, place_of(key)[1], zh, f"“{key.value}” is written twice.")
            seen.add(key.value)
            yield value


def _wrong(file: str, line: int, zh: str, en: str) -> DeclarationWrong:
    return DeclarationWrong(file=file, line=line, place="YAML", problem=Phrase(zh, en))
