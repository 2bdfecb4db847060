"""The head of a document as a person reads it: title, covering notice, recipients, signature."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from luoshi.core.document.document_date import only_date
from luoshi.core.document.document_number import find_number
from luoshi.core.document.marks import line_mark
from luoshi.core.document.metadata_entries import is_entry
from luoshi.core.document.model import Document, Paragraph
from luoshi.core.source import Span

# The kind of document that a title ends with, behind it perhaps a remark in brackets.
# Sample: …重点任务分解方案, …的通知（征求意见稿）, …任务清单
_KIND = re.compile(
    r"(?:方案|計劃|计划|规划|規劃|要点|要點|意见|意見|通知|清单|清單|分工|分解|分解表|规定|規定|办法|辦法|决定|決定|"
    r"细则|細則|批复|批復|纲要|綱要|措施|举措|舉措|函|公告|通告|通报|条例|條例|制度|预案|任务|任務|台账|安排|表|"
    r"责任书|工作法|指南|标准|规范|规程|报告|議案|议案|纪要|令)"
    r"(?:\s?[(（〔\[][^)）〕\]]{1,30}[)）〕\]])*[》”]?$"
)
# What shows that a line is a sentence, a label or a list rather than part of a title.
_PROSE = re.compile(
    r"[。；;！？!?]|[:：]$|^(?:附\s*件|附表|目\s*录|抄送|主送|联系人|签发人|机密|秘密|特急|加急)"
)
# A point that no title holds; a quick look before the expression above.
_SENTENCE_POINT = re.compile("[。；;！？!?]")
# A remark in brackets on a line of its own, which belongs to the title above it. Sample: （2022—2025年）
_REMARK = re.compile(r"[(（〔][^()（）]{2,40}[)）〕]")
# A remark that is none of the title's. Sample: （此件公开发布）, （某年某月某日通过）
_NO_TITLE = re.compile(r"[(（](?:此件|本文|信息来源|来源)|通过|发布日期|修订|公布|施行")
# The name of the plan in the sentence that issues it.
# Sample: 现将《云溪区…分解方案》印发给你们, 《云溪区…责任分解》已经区政府同意，现印发给你们
_ISSUED = re.compile(
    r"(?:(?:将|现|發|发|转发|下发|制定的?|编制的?)[^《。]{0,30}|^)《(?P<name>[^。]{4,90}?)》"
    r"(?:[^《》。]{0,60})(?:印发|转发|发给|下发|印發|轉發)"
)
# A name of an issuer in a signature line. Sample: 云溪区人民政府办公室
_BODY = re.compile(
    r".{0,30}(?:委员会|委員會|政府|办公室|辦公室|办公厅|辦公廳|国务院|國務院|局|部|厅|廳|院|委|办|组|處|处|会|社|中心|公司|区委|县委|市委|省委)"
)
# What names of bodies and places are made of. Sample: 各镇人民政府
_ADDRESSEE = re.compile(r"[各局委办部厅院府会省市区县旗镇乡街]")
# A line that introduces what follows instead of naming who is addressed. Sample: 现将有关事项通知如下：
_SPEECH = re.compile(r"如下|以下|通知|意见|方案|任务|措施|要求|分工|牵头|责任|配合")
# Between groups of addressees. Sample: the comma of 各镇、街道，区直各部门
_GROUP_END = re.compile(r"[,，;；]")
# Between the addressees of a group, outside brackets. Sample: 、
_MEMBER_END = re.compile(r"、(?![^(（]*[)）])")
# The marks of a heading in markdown. Sample: "## 云溪区任务分解方案"
_HEADING_MARKS = re.compile(r"#{1,6}\s+")
_TITLE_LINES, _TITLE_LENGTH = 6, 120


class Line(NamedTuple):
    """A paragraph with its place and what it looks like."""

    text: str
    span: Span
    centred: bool


@dataclass(frozen=True, slots=True)
class Title:
    """A title in one line, and the span from its first to its last character."""

    text: str
    span: Span
    last: int


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed and when, with their places; `bodies` is empty where only a date stands."""

    bodies: tuple[Line, ...]
    date: str
    span: Span


def head_lines(document: Document) -> list[Line]:
    """The paragraphs of a document that are no metadata, in order."""
    lines = []
    text = document.text
    marked = "#" in text
    for index, block in enumerate(document.blocks):
        if isinstance(block, Paragraph) and not (index < 80 and is_entry(document, block)):
            style, span = block.style, block.span
            centred = style.align == "center" or 0 < style.heading < 3
            if marked and text.startswith("#", span.start):
                marks = _HEADING_MARKS.match(text, span.start, span.end)
                span, centred = (Span(marks.end(), span.end), True) if marks else (span, centred)
            lines.append(Line(span.of(text).strip(), span, centred))
    return lines


def signatures(lines: list[Line]) -> list[Signature]:
    """The dates that stand alone on a line, with the bodies on the lines above them."""
    found = []
    for at, line in enumerate(lines):
        day = only_date(line.text) if len(line.text) < 30 else None
        if day is None:
            continue
        first = at
        while first > 0 and at - first < 4 and _signs(lines[first - 1]):
            first -= 1
        span = Span(line.span.start + day[1].start, line.span.start + day[1].end)
        found.append(Signature(tuple(lines[first:at]), day[0], span))
    return found


def _signs(line: Line) -> bool:
    words = "".join(line.text.split())
    return len(words) < 36 and _BODY.fullmatch(words) is not None and not _PROSE.search(line.text)


def titles(lines: list[Line], end: int) -> Iterator[Title]:
    """The titles among the lines before `end`, in order; no line is looked at before it is asked for."""
    fit: list[bool] = []
    at = 0
    while at < end:
        fit += [_may_be_title(line) for line in lines[len(fit) : min(at + _TITLE_LINES, end)]]
        title = _title_at(lines, at, end, fit)
        if title is None:
            at += 1
        else:
            yield title
            at = title.last + 1


def first_item(lines: list[Line]) -> int:
    """The index of the first line that begins with 一、 or another number: titles stand before it."""
    for at, line in enumerate(lines):
        mark = line_mark(line.text)
        if mark is not None and mark.style != "arabic-half-bracket":
            return at
    return len(lines)


def _title_at(lines: list[Line], at: int, end: int, fit: list[bool]) -> Title | None:
    """The title that begins at line `at`: one line or several that a page's width has parted.

    It ends before line `end`; `fit` says of each line that is looked at whether it may be part of a title.
    """
    text = ""
    for last in range(at, min(at + _TITLE_LINES, end)):
        line = lines[last]
        if not fit[last] or (last > at and line.centred != lines[at].centred):
            break
        text = _joined(text, line.text)
        if len(text) > _TITLE_LENGTH:
            break
        if _KIND.search(text):
            last = _with_remark(lines, last, end)
            if last > at and _REMARK.fullmatch(lines[last].text):
                text = _joined(text, lines[last].text)
            return Title(text, Span(lines[at].span.start, lines[last].span.end), last)
    return None


def _with_remark(lines: list[Line], last: int, end: int) -> int:
    if last + 1 < end:
        following = lines[last + 1].text
        if _REMARK.fullmatch(following) and not _NO_TITLE.search(following) and not find_number(following):
            return last + 1
    return last


def _joined(text: str, more: str) -> str:
    latin = text[-1:].isascii() and more[:1].isascii() and text[-1:].isalnum() and more[:1].isalnum()
    return text + (" " if latin else "") + more


def _may_be_title(line: Line) -> bool:
    words = line.text
    return (
        0 < len(words) <= 80
        and _SENTENCE_POINT.search(words) is None
        and not _PROSE.search(words)
        and only_date(words) is None
        and find_number(words) is None
        and not (_REMARK.fullmatch(words) and _NO_TITLE.search(words))
        and not (words.endswith(("文件", "号", "號")) and len(words) < 24)
    )


def issued_name(lines: list[Line], end: int) -> tuple[str, Span] | None:
    """The name that the covering notice gives to what it issues, with its place."""
    for line in lines[:end]:
        found = _ISSUED.search(line.text)
        if found:
            start = line.span.start + found.start("name")
            return found["name"], Span(start, start + len(found["name"]))
    return None


def recipients(lines: list[Line], end: int) -> tuple[tuple[str, ...], Span] | None:
    """The bodies that the document is addressed to: a line before the text that ends with a colon."""
    for at, line in enumerate(lines[:end]):
        words = line.text
        addressed = (
            words.endswith((":", "：")) and 2 < len(words) < 400 and "。" not in words and "《" not in words
        )
        if addressed and _ADDRESSEE.search(words) and not _SPEECH.search(words):
            return split_recipients(words[:-1]), line.span
        if at > 30:
            break
    return None


def split_recipients(words: str) -> tuple[str, ...]:
    """The bodies of an address, as printed.

    A list that begins with 各 and goes on without it is one address: its parts would not be names.

    Example:
        >>> split_recipients("各县、自治县人民政府，市政府各委办、各直属机构")
        ('各县、自治县人民政府', '市政府各委办', '各直属机构')
    """
    found: list[str] = []
    for group in _GROUP_END.split(words):
        parts = [part.strip() for part in _MEMBER_END.split(group) if part.strip()]
        elliptical = any("各" in before and "各" not in after[:6] for before, after in pairwise(parts))
        found.extend(["、".join(parts)] if elliptical else parts)
    return tuple(found)
