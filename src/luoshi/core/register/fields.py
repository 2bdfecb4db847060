"""What an entry of a register is asked for: fields, their types, and the options of a choice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from luoshi.core.errors import Phrase

if TYPE_CHECKING:
    from luoshi.core.expression import Expression


class FieldType(StrEnum):
    """The types of fields. The value of each in an entry stands in the comment.

    What was not said is not in an entry at all; a zero, a no and an unknown are.
    """

    TEXT = "text"  # str, one line
    LONG_TEXT = "long-text"  # str
    NUMBER = "number"  # Decimal, in the unit of the field
    MONEY = "money"  # Decimal, yuan with two places
    DATE = "date"  # date
    PERIOD = "period"  # str, the key of a period: "2026Q1"
    CHOICE = "choice"  # str, the key of an option; options may lie in others
    CHOICES = "choices"  # tuple of keys, in the order of the options
    YES_NO = "yes-no"  # "yes", "no" or "unknown"
    BODY = "body"  # Reference to a body of the registry
    PERSON = "person"  # Person; always personal
    PLACE = "place"  # str: an address or the name of a place
    CREDIT_CODE = "credit-code"  # str, eighteen characters, checked
    DOCUMENT_NUMBER = "document-number"  # str: 云政发〔2026〕1号
    FILE = "file"  # Reference to a stored file
    FILES = "files"  # tuple of References
    LINK = "link"  # Reference to an entry of this or another mechanism
    ROWS = "rows"  # tuple of mappings, by the keys of the columns
    COMPUTED = "computed"  # as its formula says; never asked for

    @property
    def holds_files(self) -> bool:
        """Whether a value names stored files, one or several."""
        return self in (FieldType.FILE, FieldType.FILES)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule stands.

    Attributes:
        law: its name without 《》, or the document number of a notice.
        article: "43", "8-12"; empty for the whole.
        verified: whether a person has compared the rule with the text of the law.
    """

    law: str
    article: str = ""
    verified: bool = False

    @property
    def words(self) -> Phrase:
        """How it is shown beside a field or a limit.

        Example:
            >>> Source("法律援助法", "43").words.zh
            '《法律援助法》第43条'
        """
        return Phrase(
            f"《{self.law}》第{self.article}条" if self.article else f"《{self.law}》",
            f"{self.law}, article {self.article}" if self.article else self.law,
        )


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice. A retired one is shown where it was given, and not offered again."""

    key: str
    label: Phrase
    options: tuple[Option, ...] = ()
    retired: bool = False

    def walk(self) -> Iterator[Option]:
        """Itself and everything inside it, from the top."""
        yield self
        for inner in self.options:
            yield from inner.walk()


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that an entry is asked for.

    Attributes:
        key: kebab-case, unique in its mechanism; expressions write it with underscores.
        required: always, never, or while the expression holds. What is required is required of the steps that
            ask for it and of everything that comes after them.
        shown: while it holds; None for always. What is not shown is neither asked for nor kept.
        public: whether the public page of an entry shows it.
        personal: about a person; masked in lists, revealed for a purpose.
        sensitive: personal data of the kind that the law guards most; kept apart and never listed.
        unit: of a number: 件, 人次, %.
        least: the smallest number or earliest share that can be right.
        most: the largest.
        options: of a choice.
        to: of a link: the key of the mechanism whose entries it names.
        columns: of rows.
        formula: of a computed field.
        indexed: whether lists filter and sort by it.
        source: of the duty to record it.
    """

    key: str
    type: FieldType
    label: Phrase
    help: Phrase | None = None
    required: bool | Expression = False
    shown: Expression | None = None
    public: bool = False
    personal: bool = False
    sensitive: bool = False
    unit: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    options: tuple[Option, ...] = ()
    to: str = ""
    columns: tuple[Field, ...] = ()
    formula: Expression | None = None
    indexed: bool = False
    source: Source | None = None

    @property
    def hidden(self) -> bool:
        """Whether what it holds is personal, so that it is not shown unless it is asked for."""
        return self.personal or self.sensitive or self.type is FieldType.PERSON

    def offered(self) -> Iterator[Option]:
        """Every option with those inside it."""
        for option in self.options:
            yield from option.walk()
