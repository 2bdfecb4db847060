"""Where a value stands in a text: spans and sources."""

from __future__ import annotations

from dataclasses import dataclass

_set = object.__setattr__


@dataclass(frozen=True, slots=True, order=True, init=False)
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
        _set(self, "start", start)
        _set(self, "end", end)

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


@dataclass(frozen=True, slots=True)
class Source:
    """A quotation and where it stands: the SHA-256 of the document, the span, and the words themselves."""

    document: str
    span: Span
    quote: str
