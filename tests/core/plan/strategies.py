"""Hypothesis strategies for plans whose spans all point at the words they quote.

`plans()` first writes tasks as text and notes where each part stands, so what it gives looks like what the
reader gives: sections above tasks, lists of bodies at the end, numbers and dates inside.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from string import Formatter

from hypothesis import strategies as st

from luoshi.core.plan.findings import KINDS
from luoshi.core.plan.model import (
    BodyMention,
    Citation,
    Convention,
    Deadline,
    Finding,
    Measure,
    Metadata,
    Plan,
    Section,
    Target,
    Task,
)
from luoshi.core.source import Span

LETTERS = "云溪澄江区司法局宣传部委政府办各镇街道村社会组织全面推进落实加强建设普法𠮷"
words = st.text(LETTERS, min_size=1, max_size=8)
phrases = st.text(LETTERS + '“”《》、,(){}%\u2028\u0085" \\', min_size=1, max_size=12)
body_names = st.builds("{}{}".format, words, st.sampled_from(["局", "委员会", "办", "各镇"]))
dates = st.dates().map(lambda day: f"{day:%Y-%m-%d}".zfill(10))
optional_dates = st.none() | dates
values = st.decimals(min_value=0, max_value=10**9, places=3) | st.integers(0, 10**15).map(Decimal)
due_values = st.one_of(
    st.tuples(st.just("date"), dates),
    st.tuples(st.just("date"), st.just("--12-31")),
    st.tuples(
        st.just("recurring"),
        st.sampled_from(
            [
                "yearly",
                "yearly:Q1",
                "yearly:12",
                "yearly:12-04",
                "half-yearly",
                "quarterly",
                "monthly",
                "monthly:28",
                "weekly",
            ]
        ),
    ),
    st.tuples(st.just("standing"), st.just("ongoing")),
    st.tuples(st.just("vague"), st.sampled_from(["定期", "适时"])),
)


@dataclass
class Page:
    """A text that is being written; `put` appends words and tells where they stand."""

    parts: list[str] = field(default_factory=list)
    length: int = 0

    def put(self, text: str) -> Span:
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return Span(start, self.length)

    @property
    def text(self) -> str:
        return "".join(self.parts)


@st.composite
def metadata(draw: st.DrawFn) -> Metadata:
    """Metadata with or without each of its values; spans, publication and validity are empty."""
    return Metadata(
        file=draw(words) + ".txt",
        format=draw(st.sampled_from(["txt", "html", "docx", "pdf", "ofd", "xlsx"])),
        sha256=draw(st.text("0123456789abcdef", min_size=64, max_size=64)),
        title=draw(st.just("") | phrases),
        issuer=draw(st.just("") | words),
        document_number=draw(st.just("") | phrases),
        index_number=draw(st.just("") | words),
        date=draw(st.just("") | dates),
        recipients=tuple(draw(st.lists(words, max_size=3))),
    )


def _bodies(draw: st.DrawFn, page: Page, label: str) -> tuple[BodyMention, ...]:
    names = draw(st.lists(body_names, max_size=3))
    if names:
        page.put(label)
    found = []
    for position, name in enumerate(names):
        if position:
            page.put("、")
        found.append(BodyMention(name, name, page.put(name), name.startswith("各"), "labelled-list"))
    page.put("\n")
    return tuple(found)


def _target(draw: st.DrawFn, page: Page) -> Target:
    value, unit = draw(values), draw(st.sampled_from(["%", "个", "万元", "天"]))
    quote = f"达到{value}{unit}"
    comparator = draw(st.sampled_from([">=", "<=", "=", ">", "<"]))
    of, per, by = draw(st.none() | words), draw(st.none() | words), draw(optional_dates)
    return Target(quote, page.put(quote), comparator, value, unit, of, per, by, "percentage")


def _deadline(draw: st.DrawFn, page: Page) -> Deadline:
    (kind, value), quote = draw(due_values), draw(words)
    return Deadline(quote, page.put(quote), kind, value, "date")


def _task(draw: st.DrawFn, page: Page, index: int, section: str | None, parent: str | None) -> Task:
    number = draw(st.none() | st.just(str(index)))
    start = page.put(f"{number}." if number else "").start
    title = draw(st.none() | words)
    page.put(f"{title}。" if title else "")
    sentence = draw(phrases)
    measures = (Measure(sentence, page.put(sentence)),) if draw(st.booleans()) else ()
    targets = tuple(_target(draw, page) for _ in range(draw(st.integers(0, 2))))
    deadlines = tuple(_deadline(draw, page) for _ in range(draw(st.integers(0, 2))))
    titles = draw(st.lists(words, max_size=2))
    citations = tuple(Citation(cited, page.put(f"《{cited}》")) for cited in titles)
    page.put("\n")
    leads, responsibles = _bodies(draw, page, "牵头部门:"), _bodies(draw, page, "责任部门:")
    span = Span(start, page.length)
    return Task(
        id=f"t{index}",
        number=number,
        title=title,
        section=section,
        parent=parent,
        text=page.text[start:],
        span=span,
        leads=leads,
        responsibles=responsibles,
        measures=measures,
        targets=targets,
        deadlines=deadlines,
        citations=citations,
        rule="numbered-item",
    )


@st.composite
def findings(draw: st.DrawFn, length: int) -> Finding:
    """A finding of any code somewhere in a text of `length` characters, with all its details."""
    kind = draw(st.sampled_from(list(KINDS.values())))
    fields = {
        name for template in (kind.zh, kind.en) for _, name, _, _ in Formatter().parse(template) if name
    }
    start = draw(st.integers(0, length))
    return Finding(
        kind.code,
        Span(start, draw(st.integers(start, length))),
        {name: draw(phrases) for name in sorted(fields)},
        tuple(draw(st.lists(body_names, max_size=3))),
    )


@st.composite
def plans(draw: st.DrawFn, max_tasks: int = 4) -> Plan:
    """A whole plan, with every span pointing at the words it quotes."""
    page, conventions, sections, tasks = Page(), [], [], []
    if draw(st.booleans()):
        quote = "排在第一位的部门为牵头部门,下同"
        conventions.append(Convention("first-listed-leads", page.put(quote), quote))
        page.put("\n")
    for index in range(1, draw(st.integers(0, max_tasks)) + 1):
        if draw(st.booleans()):
            title, level = draw(words), draw(st.integers(1, 3))
            above = [section.id for section in sections if section.level < level]
            number = "一二三四五六七八九十"[len(sections)]
            span = page.put(f"{number}、{title}")
            parent = above[-1] if above else None
            sections.append(Section(f"s{len(sections) + 1}", number, title, level, parent, span))
            page.put("\n")
        parent = draw(st.none() | st.sampled_from(tasks)) if tasks else None
        section = sections[-1].id if sections else None
        tasks.append(_task(draw, page, index, section, parent.id if parent else None))
    doubts = draw(st.lists(findings(page.length), max_size=4))
    return Plan(draw(metadata()), page.text, tuple(conventions), tuple(sections), tuple(tasks), tuple(doubts))
