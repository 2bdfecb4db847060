"""The kinds of values that expressions are about, and the scheme: which names an expression may use.

A kind says what may be done with a value. Numbers carry their unit, so that 件 and 元 are never added; a
choice carries its options, so that a slip in one is found when the declaration is loaded.
"""

from __future__ import annotations

import keyword
from collections.abc import Mapping
from dataclasses import dataclass, field

from luoshi.core.errors import Phrase


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a unit; without one it goes with every unit."""

    unit: str = ""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in yuan, never mixed with numbers of things."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words that people wrote."""


@dataclass(frozen=True, slots=True)
class Place(Text):
    """An address or the name of a place."""


@dataclass(frozen=True, slots=True)
class Code(Text):
    """A unified social credit code or the number of a document."""


@dataclass(frozen=True, slots=True)
class Date:
    """A day."""


@dataclass(frozen=True, slots=True)
class Period:
    """The key of a period: "2026Q1"."""


@dataclass(frozen=True, slots=True)
class Truth:
    """Yes, no, unknown, or nothing said."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some options.

    Attributes:
        options: the key of each, with the key of the option that it lies in; None at the top.

    Example:
        >>> matter = Choice({"labour": None, "wages": "labour", "family": None})
        >>> sorted(matter.inside("labour"))
        ['labour', 'wages']
    """

    options: Mapping[str, str | None] = field(hash=False)

    @classmethod
    def of(cls, *options: str) -> Choice:
        """A choice whose options lie side by side."""
        return cls(dict.fromkeys(options))

    def inside(self, option: str) -> frozenset[str]:
        """An option and all that lie in it, however deep."""
        found = {option}
        for _ in self.options:
            found.update(key for key, parent in self.options.items() if parent in found)
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class Choices(Choice):
    """Any number of some options."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body of the registry."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, known by name."""


@dataclass(frozen=True, slots=True)
class Files:
    """Attached files; one file is a list of one."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a table in an entry, each with the same columns."""

    columns: Mapping[str, Kind] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of a mechanism; the scheme of that mechanism is looked up when it is needed."""

    to: str


@dataclass(frozen=True, slots=True)
class State:
    """Where an entry of some mechanism stands."""

    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plain:
    """A number that is written in the expression; it takes the unit of what it meets."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words that are written in the expression; they have to be right for what they meet."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """`missing`, which goes with every kind."""


Kind = (
    Number
    | Money
    | Text
    | Date
    | Period
    | Truth
    | Choice
    | Body
    | Person
    | Files
    | Rows
    | Link
    | State
    | Plain
    | Words
    | Nothing
)

OWN = ("state", "begun", "owner", "holder")
"""What every entry has besides fields: its state, the day it began, whose it is, who holds it now."""

OCCASION = ("today", "actor", "actor_body")
"""What the occasion brings: the day, the person who acts, the body that the person acts for."""

RESERVED = frozenset((*OWN, *OCCASION, *keyword.kwlist, "entry", "this", "yes", "no", "unknown", "missing"))
"""Names that no field may have, written with underscores."""


@dataclass(frozen=True, eq=False)
class Scheme:
    """What an expression may name: everything about one mechanism that expressions see.

    Schemes of mechanisms that name each other share one mapping `others`, which is filled before the first
    expression is read.

    Attributes:
        key: of the mechanism.
        fields: their kinds by key.
        states: keys.
        transitions: keys.
        limits: keys.
        others: the schemes of all mechanisms, this one included, by key.
    """

    key: str
    fields: Mapping[str, Kind]
    states: tuple[str, ...] = ()
    transitions: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    others: Mapping[str, Scheme] = field(default_factory=dict, repr=False)


def written(key: str) -> str:
    """A key as expressions write it.

    Example:
        >>> written("date-of-issue")
        'date_of_issue'
    """
    return key.replace("-", "_")


_NAMES: dict[type, Phrase] = {
    Number: Phrase("数", "a number"),
    Money: Phrase("金额", "an amount of money"),
    Text: Phrase("文字", "text"),
    Place: Phrase("地点", "a place"),
    Code: Phrase("代码", "a code"),
    Date: Phrase("日期", "a date"),
    Period: Phrase("期次", "a period"),
    Truth: Phrase("是否", "yes or no"),
    Choice: Phrase("单选", "a choice"),
    Choices: Phrase("多选", "several choices"),
    Body: Phrase("单位", "a body"),
    Person: Phrase("人员", "a person"),
    Files: Phrase("附件", "files"),
    Rows: Phrase("明细", "rows"),
    Link: Phrase("关联条目", "a linked entry"),
    State: Phrase("状态", "a state"),
    Plain: Phrase("数", "a number"),
    Words: Phrase("引号中的文字", "quoted words"),
    Nothing: Phrase("缺失", "missing"),
}


def said(kind: Kind) -> Phrase:
    """A kind in words.

    Example:
        >>> print(said(Number("件")), said(Number("件")).en)
        数(件) a number (件)
    """
    name = _NAMES[type(kind)]
    if isinstance(kind, Number) and kind.unit:
        return Phrase(f"{name.zh}({kind.unit})", f"{name.en} ({kind.unit})")
    return name
