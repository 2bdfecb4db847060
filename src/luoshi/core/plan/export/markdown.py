"""A plan as Markdown: a heading a section, a block a task, the findings as a list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.plan.export.wording import body_words, due_words, pick, severity_words, target_words
from luoshi.core.plan.findings import WEIGHT, message, severity
from luoshi.core.plan.model import Metadata, Plan, Section, Task

# Characters that Markdown takes for marks anywhere in a line. Sample: the "*" of "5*8小时"
MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&!])")

# What makes a list, a rule or a heading of the line that it starts. Samples: "1. ", "2) ", "- ", "=="
LINE_START = re.compile(r"^(\d+(?=[.)])|(?=[+=-]))")

# White space that would end a line or make it a block of code. Sample: "\n    "
BREAKS = re.compile(r"\s+")


def to_markdown(plan: Plan, language: str = "zh") -> str:
    """The plan as one Markdown document that ends with a line feed.

    Args:
        plan: what was read.
        language: `zh` or `en`, for everything that does not come from the plan.
    """
    return "\n\n".join(_blocks(plan, language)) + "\n"


def escape(text: str) -> str:
    r"""Text of a plan as one line that Markdown shows as it is.

    Example:
        >>> escape("1.做到<两个维护>")
        '1\\.做到\\<两个维护\\>'
    """
    line = MARKS.sub(r"\\\1", BREAKS.sub(" ", text).strip())
    return LINE_START.sub(r"\1\\", line)


def _blocks(plan: Plan, language: str) -> Iterator[str]:
    yield "# " + escape(plan.metadata.title or plan.metadata.file)
    facts = _facts(plan.metadata, language)
    if facts:
        yield facts
    sections = {section.id: section for section in plan.sections}
    shown: set[str] = set()
    for task in plan.tasks:
        for section in _chain(sections, task.section):
            if section.id not in shown:
                shown.add(section.id)
                title = " ".join(part for part in (section.number, section.title) if part)
                yield "#" * min(section.level + 1, 5) + " " + escape(title)
        yield _task(task, language)
    if plan.findings:
        yield "## " + pick(language, "问题清单", "Findings")
        yield _findings(plan, language)


def _chain(sections: dict[str, Section], name: str | None) -> list[Section]:
    """The section of a task and those above it, the highest first."""
    chain: list[Section] = []
    while name is not None and name in sections and sections[name] not in chain:
        chain.append(sections[name])
        name = sections[name].parent
    return chain[::-1]


def _facts(metadata: Metadata, language: str) -> str:
    rows = (
        (pick(language, "发布机构", "Issued by"), metadata.issuer),
        (pick(language, "文号", "Document number"), metadata.document_number),
        (pick(language, "索引号", "Index number"), metadata.index_number),
        (pick(language, "成文日期", "Date"), metadata.date),
        (pick(language, "主送机关", "To"), pick(language, "、", "; ").join(metadata.recipients)),
    )
    return "\n".join(f"- {label}{pick(language, ':', ': ')}{escape(value)}" for label, value in rows if value)


def _task(task: Task, language: str) -> str:
    head = " ".join(part for part in (task.number, task.title) if part) or task.id
    colon = pick(language, ":", ": ")
    rows = (
        (pick(language, "牵头", "Lead"), body_words(task.leads, language)),
        (pick(language, "责任", "Responsible"), body_words(task.responsibles, language)),
        (pick(language, "目标", "Targets"), "; ".join(target_words(t, language) for t in task.targets)),
        (pick(language, "时限", "Due"), "; ".join(due_words(due, language) for due in task.deadlines)),
        (pick(language, "依据", "Cites"), "".join(f"《{cited.title}》" for cited in task.citations)),
    )
    lines = [f"- **{label}**{colon}{escape(value)}" for label, value in rows if value]
    paragraphs = "\n>\n".join("> " + escape(line) for line in task.text.splitlines() if line.strip())
    return "\n\n".join(part for part in (f"###### {escape(head)}", paragraphs, "\n".join(lines)) if part)


def _findings(plan: Plan, language: str) -> str:
    ordered = sorted(plan.findings, key=lambda f: (WEIGHT[severity(f)], f.span, f.code))
    return "\n".join(
        f"- **{severity_words(severity(finding), language)}** `{finding.code}` "
        f"{escape(message(finding, language))} "
        f"({finding.span.start}–{finding.span.end})"
        for finding in ordered
    )
