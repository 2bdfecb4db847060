"""A text and the marks upon it, cut into segments that can be drawn one after the other.

Marks may touch, nest and overlap in any way; a page can only draw elements that do not. So the text is cut
wherever a mark starts or ends, and each segment says which marks lie over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from luoshi.core.source import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """Something recognised at `span`: its `kind` (`lead`, `target`, …) and the `key` of what it belongs to.

    A mark over no characters stands at a point, for example where a number is missing.
    """

    span: Span
    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters that lie under the same marks.

    Attributes:
        span: where they stand in the text; empty for a mark that stands at a point.
        text: the characters themselves.
        marks: the marks over them, the widest first.
        opens: those of `marks` that start here.
        closes: those of `marks` that end here.
    """

    span: Span
    text: str
    marks: tuple[Mark, ...] = ()
    opens: tuple[Mark, ...] = ()
    closes: tuple[Mark, ...] = ()


def segments(text: str, marks: Iterable[Mark], within: Span | None = None) -> tuple[Segment, ...]:
    """The characters of `within` as segments, in order and without a gap.

    Args:
        text: the characters of `within` or, without it, the whole text.
        marks: in any order; what lies outside `within` is left out, what reaches over its edge is cut there
            and neither opens nor closes at the cut.
        within: where `text` stands, so that a part of a long text can be drawn alone.

    Returns:
        Segments whose texts join to `text`. Their number grows with the number of marks, not with its square.

    Example:
        >>> lead, doubt = Mark(Span(0, 4), "lead", "b1"), Mark(Span(2, 6), "finding", "f1")
        >>> [(s.text, [m.key for m in s.marks]) for s in segments("区司法局牵头", [doubt, lead])]
        [('区司', ['b1']), ('法局', ['b1', 'f1']), ('牵头', ['f1'])]
        >>> segments("", [])
        ()
    """
    whole = within if within is not None else Span(0, len(text))
    if len(whole) != len(text):
        raise ValueError(f"{len(text)} characters cannot be those of {whole}")
    over, points = _sort_out(marks, whole)
    edges = {whole.start, whole.end} if len(whole) else set()
    edges.update(max(mark.span.start, whole.start) for mark in over)
    edges.update(min(mark.span.end, whole.end) for mark in over)
    edges.update(mark.span.start for mark in points)
    return tuple(_sweep(text, whole, sorted(edges), over, points))


def _sort_out(marks: Iterable[Mark], whole: Span) -> tuple[list[Mark], list[Mark]]:
    """The marks that cover characters of `whole`, and those that stand at a point of it, each in order."""
    over: list[Mark] = []
    points: list[Mark] = []
    for mark in marks:
        span = mark.span
        if not len(span):
            if whole.start <= span.start <= whole.end:
                points.append(mark)
        elif span.start < whole.end and whole.start < span.end:
            over.append(mark)
    return sorted(over, key=_order), sorted(points, key=_order)


def _order(mark: Mark) -> tuple[int, int, str, str]:
    """Earlier before later, wide before narrow, then by name: the order in which marks nest."""
    return (mark.span.start, -mark.span.end, mark.kind, mark.key)


def _sweep(
    text: str, whole: Span, edges: Sequence[int], over: Sequence[Mark], points: Sequence[Mark]
) -> Iterable[Segment]:
    active: list[Mark] = []
    arriving = iter([*over, None])
    standing = iter([*points, None])
    coming, point = next(arriving), next(standing)
    for start, end in zip(edges, [*edges, None][1:], strict=True):
        active = [mark for mark in active if mark.span.end > start]
        while point is not None and point.span.start == start:
            yield Segment(point.span, "", (*active, point), (point,), (point,))
            point = next(standing)
        if end is None:
            return
        while coming is not None and coming.span.start <= start:
            active.append(coming)
            coming = next(arriving)
        yield Segment(
            Span(start, end),
            text[start - whole.start : end - whole.start],
            tuple(active),
            tuple(mark for mark in active if mark.span.start == start),
            tuple(mark for mark in active if mark.span.end == end),
        )
