"""Reads one mapping of a declaration key by key; what was not read at the end is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn, TypeVar

import yaml

from luoshi.core.errors import Phrase
from luoshi.core.mechanism.errors import DeclarationWrong, unknown
from luoshi.core.mechanism.versions import is_null
from luoshi.core.mechanism.yaml_text import place_of

T = TypeVar("T")


class Reader:
    """One mapping, with the file and the place in it that messages name.

    Example:
        >>> from luoshi.core.mechanism.yaml_text import compose
        >>> reader = Reader(compose("amount: 7", "a.yaml"), "limits.review")
        >>> reader.whole("amount")
        7
        >>> reader.done()
    """

    def __init__(self, node: yaml.MappingNode, place: str = "") -> None:
        self.place = place
        self._left: dict[str, yaml.Node] = {key.value: value for key, value in node.value}
        self._places = {key.value: place_of(key) for key, _ in node.value}
        self._own_place = place_of(node)
        self._asked: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._left

    def keys(self) -> list[str]:
        """The keys that have not been read, in the order of the file."""
        return list(self._left)

    def fail(self, problem: Phrase, key: str = "") -> NoReturn:
        """Refuse the mapping, or one of its keys."""
        raise self.wrong(problem, key)

    def wrong(self, problem: Phrase, key: str = "") -> DeclarationWrong:
        """The error that says what is wrong with the mapping, or with one of its keys."""
        place = ".".join(part for part in (self.place, key) if part)
        file, line = self._places.get(key, self._own_place)
        return DeclarationWrong(file=file, line=line, place=place or "YAML", problem=problem)

    def done(self) -> None:
        """Refuse what nobody has asked for."""
        for key in self._left:
            self.fail(unknown(key, self._asked), key)

    def text(self, key: str, default: str | None = None) -> str:
        """A word or sentence; required where there is no default."""
        node = self._take(key)
        if node is None:
            return self._or_fail(key, default)
        if not isinstance(node, yaml.ScalarNode):
            self.fail(Phrase("应为文字。", "This has to be a word or a sentence."), key)
        return str(node.value).strip()

    def one_of(self, key: str, allowed: Iterable[str], default: str | None = None) -> str:
        """One of a few words."""
        word = self.text(key, default)
        allowed = tuple(allowed)
        if word not in allowed and word != default:
            self.fail(unknown(word, allowed), key)
        return word

    def truth(self, key: str, default: bool = False) -> bool:
        """true or false."""
        return self.one_of(key, ("true", "false"), "true" if default else "false") == "true"

    def whole(self, key: str, default: int | None = None) -> int:
        """A whole number, not negative."""
        if key not in self._left:
            return self._or_fail(key, default)
        said = self.text(key)
        if not (said.isascii() and said.isdigit() and len(said) <= 9):
            self.fail(Phrase(f"“{said}”不是整数。", f"“{said}” is not a whole number."), key)
        return int(said)

    def number(self, key: str) -> Decimal | None:
        """An exact number, or None where it is not given."""
        if key not in self._left:
            self._asked.add(key)
            return None
        said = self.text(key)
        try:
            found = Decimal(said)
        except InvalidOperation:
            found = Decimal("NaN")
        if not found.is_finite() or len(said) > 40:
            self.fail(Phrase(f"“{said}”不是数。", f"“{said}” is not a number."), key)
        return found

    def day(self, key: str, *, required: bool = False) -> date | None:
        """A day, written 2026-03-01; None where it is not given."""
        if key not in self._left and not required:
            self._asked.add(key)
            return None
        said = self.text(key)
        try:
            return date.fromisoformat(said)
        except ValueError:
            self.fail(
                Phrase(f"“{said}”不是日期,请写成2026-03-01。", f"“{said}” is no day; write 2026-03-01."), key
            )

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of words; empty where it is not given."""
        node = self._take(key)
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode) or not all(
            isinstance(one, yaml.ScalarNode) for one in node.value
        ):
            self.fail(
                Phrase("应为词语列表,如[甲, 乙]。", "This has to be a list of words, like [a, b]."), key
            )
        return tuple(str(one.value).strip() for one in node.value)

    def words(self, key: str) -> dict[str, str]:
        """A word for each of some keys; empty where it is not given."""
        inner = self.mapping(key)
        if inner is None:
            return {}
        return {name: inner.text(name) for name in inner.keys()}  # noqa: SIM118 (a list; it shrinks)

    def phrase(self, key: str) -> Phrase:
        """Words in both languages; required."""
        found = self.phrase_or_none(key)
        if found is None:
            self._or_fail(key, None)
        assert found is not None  # _or_fail does not come back  # noqa: S101
        return found

    def phrase_or_none(self, key: str) -> Phrase | None:
        """Words in both languages, or None where they are not given."""
        inner = self.mapping(key)
        return None if inner is None else inner.as_phrase()

    def as_phrase(self) -> Phrase:
        """The mapping itself as words in both languages."""
        found = Phrase(self.text("zh"), self.text("en"))
        self.done()
        return found

    def mapping(self, key: str) -> Reader | None:
        """A mapping inside, or None where it is not given."""
        node = self._take(key)
        return None if node is None else self._reader(node, key)

    def entries(self, key: str) -> Iterator[tuple[str, Reader]]:
        """The mappings inside a mapping, with their keys; nothing where it is not given."""
        outer = self.mapping(key)
        if outer is not None:
            for name in outer.keys():  # noqa: SIM118 (a list; it shrinks while it is read)
                inner = outer.mapping(name)
                if inner is not None:
                    yield name, inner

    def items(self, key: str) -> Iterator[Reader]:
        """The mappings of a list; nothing where it is not given."""
        node = self._take(key)
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode):
            self.fail(Phrase("应为列表。", "This has to be a list."), key)
        for number, one in enumerate(node.value, start=1):
            yield self._reader(one, f"{key}[{number}]")

    def plain(self, key: str) -> dict[str, Any]:
        """A mapping of values as they stand there: words, lists, mappings; empty where not given."""
        node = self._take(key)
        found = {} if node is None else _plain(node)
        if not isinstance(found, dict):
            self.fail(Phrase("应为“键: 值”。", "This has to consist of “key: value”."), key)
        return found

    def listed(self, key: str, read: Callable[[Reader], T]) -> tuple[T, ...]:
        """What `read` makes of each mapping of a list; nothing where it is not given."""
        found = []
        for inner in self.items(key):
            found.append(read(inner))
            inner.done()
        return tuple(found)

    def optional(self, key: str, read: Callable[[Reader], T]) -> T | None:
        """What `read` makes of a mapping inside, or None where it is not given."""
        inner = self.mapping(key)
        if inner is None:
            return None
        found = read(inner)
        inner.done()
        return found

    def _reader(self, node: yaml.Node, key: str) -> Reader:
        if not isinstance(node, yaml.MappingNode):
            self.fail(Phrase("应为“键: 值”。", "This has to consist of “key: value”."), key.split("[")[0])
        return Reader(node, ".".join(part for part in (self.place, key) if part))

    def _take(self, key: str) -> yaml.Node | None:
        self._asked.add(key)
        node = self._left.pop(key, None)
        if node is not None and is_null(node):
            return None
        return node

    def _or_fail(self, key: str, default: T | None) -> T:
        if default is None:
            self.fail(Phrase(f"缺少“{key}”。", f"“{key}” is missing."), "")
        return default


def _plain(node: yaml.Node) -> Any:
    """A value without its place: every scalar as the text that it is."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(one) for one in node.value]
    return str(node.value).strip()
