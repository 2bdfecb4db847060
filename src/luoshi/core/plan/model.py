"""A plan as values: what `luoshi read` prints and what the rest of the product works with.

Every span counts characters of `Plan.text`, end exclusive. `rule` names the grammar rule that found a value
(see `luoshi.core.plan.rules`), so that every reading can be explained.
"""

from __future__ import annotations

from dataclasses import field
from decimal import Decimal

from luoshi.core.source import Span, value


@value(frozen=True, slots=True)
class Metadata:
    """What a document says of itself. Empty where it says nothing.

    `date` is the date of issue (成文日期) as `YYYY-MM-DD`; `published` the date of publication.
    """

    file: str = ""
    format: str = ""
    sha256: str = ""
    title: str = ""
    issuer: str = ""
    document_number: str = ""
    index_number: str = ""
    date: str = ""
    published: str = ""
    validity: str = ""
    recipients: tuple[str, ...] = ()
    spans: dict[str, Span] = field(default_factory=dict)


@value(frozen=True, slots=True)
class Convention:
    """A sentence that rules how lists of bodies are to be read from there on, e.g. `first-listed-leads`."""

    kind: str
    span: Span
    quote: str


@value(frozen=True, slots=True)
class Section:
    """A heading above tasks. `level` counts from 1; `span` covers the heading line."""

    id: str
    number: str
    title: str
    level: int
    parent: str | None
    span: Span


@value(frozen=True, slots=True)
class BodyMention:
    """A body as a task names it: `name` as it is to be read, `printed` as it stands at `span`."""

    name: str
    printed: str
    span: Span
    collective: bool
    rule: str


@value(frozen=True, slots=True)
class Measure:
    """A sentence of a task that asks for something."""

    text: str
    span: Span


@value(frozen=True, slots=True)
class Target:
    """A number to reach. `comparator` is one of `>=`, `<=`, `=`, `>`, `<`; `per` the unit of distribution."""

    quote: str
    span: Span
    comparator: str
    value: Decimal
    unit: str
    of: str | None
    per: str | None
    by: str | None
    rule: str


@value(frozen=True, slots=True)
class Deadline:
    """When a task is due: `kind` is `date`, `recurring`, `standing` or `vague`; `value` as in plan-json."""

    quote: str
    span: Span
    kind: str
    value: str
    rule: str


@value(frozen=True, slots=True)
class Citation:
    """The title of a law, plan or other document named in a task."""

    title: str
    span: Span


@value(frozen=True, slots=True)
class Task:
    """A numbered item that asks for something."""

    id: str
    number: str | None
    title: str | None
    section: str | None
    parent: str | None
    text: str
    span: Span
    leads: tuple[BodyMention, ...] = ()
    responsibles: tuple[BodyMention, ...] = ()
    measures: tuple[Measure, ...] = ()
    targets: tuple[Target, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    citations: tuple[Citation, ...] = ()
    rule: str = ""

    def named(self, id: str, section: str | None, parent: str | None) -> Task:
        """The same task by its id, under its section and the task that it is a part of."""
        # Written out because every task of a reading is named: `replace` costs three times as much.
        return Task(
            id,
            self.number,
            self.title,
            section,
            parent,
            self.text,
            self.span,
            self.leads,
            self.responsibles,
            self.measures,
            self.targets,
            self.deadlines,
            self.citations,
            self.rule,
        )


@value(frozen=True, slots=True)
class Finding:
    """A defect or doubt for a person to settle. `details` fill the message templates of its code."""

    code: str
    span: Span
    details: dict[str, str] = field(default_factory=dict)
    candidates: tuple[str, ...] = ()


@value(frozen=True, slots=True)
class Plan:
    """A plan that has been read: the clean text and everything recognised in it."""

    metadata: Metadata
    text: str
    conventions: tuple[Convention, ...]
    sections: tuple[Section, ...]
    tasks: tuple[Task, ...]
    findings: tuple[Finding, ...]
