"""Where a value stands in a text: spans and sources."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
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

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

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
