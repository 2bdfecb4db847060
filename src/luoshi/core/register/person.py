"""A person in an entry: as little as the procedure needs, and masked wherever it is not needed."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
# A number of a resident identity card (GB 11643). Sample: 11010119900307803X
_IDENTITY = re.compile(r"\d{17}[\dX]", re.ASCII)
# Blanks and hyphens that people put into numbers. Sample: 138 0000 0000
_BETWEEN = re.compile(r"[\s\-－—]+")


@dataclass(frozen=True, slots=True)
class Person:
    """Who somebody is for a procedure. What is not needed stays empty."""

    name: str
    phone: str = ""
    identity: str = ""

    @property
    def masked(self) -> str:
        """The name without the given name.

        Example:
            >>> Person("欧阳小云", "13800000000").masked
            '欧阳**'
            >>> Person("李明").masked
            '李*'
        """
        kept = 2 if self.name[:2] in DOUBLE_SURNAMES and len(self.name) > 2 else 1
        return self.name[:kept] + "*" * max(len(self.name) - kept, 1)

    @property
    def masked_phone(self) -> str:
        """The telephone number with its middle hidden.

        Example:
            >>> Person("李明", "13800001234").masked_phone
            '138****1234'
        """
        return f"{self.phone[:3]}****{self.phone[-4:]}" if len(self.phone) >= 8 else "*" * len(self.phone)

    @property
    def masked_identity(self) -> str:
        """The identity number with nothing but its first and last character."""
        return f"{self.identity[0]}{'*' * 16}{self.identity[-1]}" if self.identity else ""


# Surnames of two characters that are common enough to be cut wrongly.
DOUBLE_SURNAMES = frozenset(
    {"欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯"}
)


def compact(number: str) -> str:
    """A telephone or identity number without blanks and hyphens, in capitals."""
    return _BETWEEN.sub("", number).upper()


def is_identity(number: str) -> bool:
    """Whether a number can be one of an identity card: its length, digits and check character.

    Source: GB 11643-1999 section 4 (ISO 7064, MOD 11-2).

    Example:
        >>> is_identity("110101199003078510")
        False
        >>> is_identity("110101199003078515")
        True
    """
    if not _IDENTITY.fullmatch(number):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECKS[total % 11] == number[17]
