"""A text from above beside a plan: clauses without a task, tasks without a clause, and what goes together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from luoshi.core.alignment.duty import Duty, duties_of
from luoshi.core.alignment.matching import Match, Standing, match, standings
from luoshi.core.errors import Phrase
from luoshi.core.plan.export.wording import pick
from luoshi.core.plan.model import Plan
from luoshi.core.source import Span

WORDS = {
    Standing.MET: Phrase("已对应", "met"),
    Standing.PARTLY: Phrase("部分对应", "partly met"),
    Standing.MISSING: Phrase("未对应", "not met"),
}
VERSION = 1


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts: its file, its title, its duties in order and by key, and how each stands."""

    file: str
    title: str
    duties: tuple[Duty, ...]
    standings: dict[str, Standing]
    by_key: dict[str, Duty]

    def count(self, standing: Standing) -> int:
        """How many duties stand so."""
        return sum(one is standing for one in self.standings.values())


@dataclass(frozen=True, slots=True)
class Alignment:
    """Both sides and their pairs, the best first."""

    upstream: Side
    plan: Side
    matches: tuple[Match, ...]

    def of_clause(self, key: str) -> tuple[Match, ...]:
        """The pairs of a clause of the upstream text."""
        return tuple(one for one in self.matches if one.left == key)


def align(upstream: Plan, plan: Plan) -> Alignment:
    """Put a plan beside a text that it has to carry out.

    Args:
        upstream: the text from above; it need not assign anybody.
        plan: the plan.
    """
    clauses, tasks = duties_of(upstream), duties_of(plan)
    found = match(clauses, tasks)
    left: dict[str, float] = {}
    right: dict[str, float] = {}
    for one in found:
        left.setdefault(one.left, one.likeness.score)
        right.setdefault(one.right, one.likeness.score)
    return Alignment(
        _side(upstream, clauses, standings((one.key for one in clauses), left)),
        _side(plan, tasks, standings((one.key for one in tasks), right)),
        found,
    )


def _side(plan: Plan, duties: tuple[Duty, ...], found: dict[str, Standing]) -> Side:
    by_key = {one.key: one for one in duties}
    return Side(plan.metadata.file, plan.metadata.title, duties, found, by_key)


def standing_words(standing: Standing, language: str) -> str:
    """How a duty stands, in words."""
    return pick(language, WORDS[standing].zh, WORDS[standing].en)


def to_json(alignment: Alignment) -> dict[str, Any]:
    """The alignment as JSON values; every span counts characters of its text, end exclusive."""
    return {
        "version": VERSION,
        "upstream": _side_json(alignment.upstream),
        "plan": _side_json(alignment.plan),
        "pairs": [_pair_json(alignment, one) for one in alignment.matches],
    }


def _side_json(side: Side) -> dict[str, Any]:
    return {
        "file": side.file,
        "title": side.title,
        "duties": [
            {
                "id": one.key,
                "number": one.number or None,
                "text": one.text,
                "span": _span(one.span),
                "standing": side.standings[one.key].value,
            }
            for one in side.duties
        ],
    }


def _pair_json(alignment: Alignment, one: Match) -> dict[str, Any]:
    left, right = alignment.upstream.by_key[one.left].span.start, alignment.plan.by_key[one.right].span.start
    return {
        "upstream": one.left,
        "plan": one.right,
        "score": round(one.likeness.score, 4),
        "likely": one.likely,
        "parts": {name: round(share, 4) for name, share in one.likeness.parts.items()},
        "shared": [
            {
                "words": words.words,
                "upstream": _span(words.left.shift(left)),
                "plan": _span(words.right.shift(right)),
            }
            for words in one.likeness.shared
        ],
        "bodies": list(one.likeness.bodies),
        "targets": list(one.likeness.targets),
        "cited": list(one.likeness.cited),
    }


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def to_workbook(alignment: Alignment, language: str = "zh") -> bytes:
    """Three sheets: clauses with their tasks, tasks with their clauses, and the pairs with their reasons."""
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E2EEF2", "valign": "top"})
    cell = book.add_format({"text_wrap": True, "valign": "top"})
    back = {(one.right, one.left): one for one in alignment.matches}
    sheets: list[tuple[str, Sequence[Sequence[str | float]]]] = [
        (
            pick(language, "上级条款", "Clauses"),
            _rows(
                alignment.upstream, alignment.plan, {(m.left, m.right): m for m in back.values()}, language
            ),
        ),
        (pick(language, "本级任务", "Tasks"), _rows(alignment.plan, alignment.upstream, back, language)),
        (pick(language, "对应关系", "Pairs"), _pairs(alignment, language)),
    ]
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(number, column, value, cell if number else head)
        sheet.set_column(0, 0, 10)
        sheet.set_column(1, 1, 60)
        sheet.set_column(2, len(rows[0]) - 1, 30)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows) - 1, 1), len(rows[0]) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
    book.close()
    return buffer.getvalue()


def _rows(side: Side, other: Side, pairs: dict[tuple[str, str], Match], language: str) -> list[list[str]]:
    headings = [
        pick(language, "编号", "Number"),
        pick(language, "原文", "Text"),
        pick(language, "情况", "Standing"),
        pick(language, "对应", "Paired with"),
    ]
    by_key: dict[str, list[str]] = {}
    for (key, mate), one in pairs.items():
        duty = other.by_key[mate]
        by_key.setdefault(key, []).append(f"{duty.number or duty.key} ({one.likeness.score:.0%})")
    return [
        headings,
        *(
            [
                duty.number or duty.key,
                duty.text,
                standing_words(side.standings[duty.key], language),
                "、".join(by_key.get(duty.key, [])),
            ]
            for duty in side.duties
        ),
    ]


def _pairs(alignment: Alignment, language: str) -> list[list[str | float]]:
    rows: list[list[str | float]] = [
        [
            pick(language, "条款", "Clause"),
            pick(language, "条款原文", "Clause text"),
            pick(language, "任务", "Task"),
            pick(language, "任务原文", "Task text"),
            pick(language, "相似度", "Likeness"),
            pick(language, "共有词语", "Words in both"),
        ]
    ]
    for one in alignment.matches:
        left, right = alignment.upstream.by_key[one.left], alignment.plan.by_key[one.right]
        shared = "、".join(words.words for words in one.likeness.shared)
        share = round(one.likeness.score, 2)
        rows.append(
            [left.number or left.key, left.text, right.number or right.key, right.text, share, shared]
        )
    return rows
