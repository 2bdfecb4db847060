"""Where a value stands in a text: spans and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Whoever changes a value of a reading is told by the type checker, as with any frozen dataclass.
    from dataclasses import dataclass as value
else:
    from dataclasses import dataclass

    def value(*, frozen, **options):
        """As `dataclass`; what is frozen for the type checker can be made at the price of what is not.

        A reading makes thousands of values, and a class that is frozen at run time, too, sets each of their
        fields by a call.
        """
        return dataclass(unsafe_hash=frozen, **options)


__all__ = ["Source", "Span", "value"]


@value(frozen=True, slots=True, order=True, init=False)
class Span:
    """Characters `start` up to, not including, `end` of a text.

    Example:
        >>> Span(2, 4).of("0123456")
        '23'
        >>> Span(2, 4).inside(Span(0, 9))
        True
    """

    start: int
    end: int

    def __init__(self, start: int, end: int) -> None:
        # Written out because a reading makes thousands: a generated one with a check costs twice as much.
        if not 0 <= start <= end:
            raise ValueError(f"not a span: {start}..{end}")
        self.start = start  # type: ignore[misc]
        self.end = end  # type: ignore[misc]

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]

    def inside(self, other: Span) -> bool:
        """Whether every character of this span is one of `other`."""
        return other.start <= self.start and self.end <= other.end

    def shift(self, offset: int) -> Span:
        """The same span counted from `offset` characters earlier."""
        return Span(self.start + offset, self.end + offset)


@value(frozen=True, slots=True)
class Source:
    """A quotation and where it stands: the SHA-256 of the document, the span, and the words themselves."""

    document: str
    span: Span
    quote: str
