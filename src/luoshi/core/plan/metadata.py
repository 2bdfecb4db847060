"""What a document says of itself, and where it contradicts itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from luoshi.core.document.document_date import find_dates
from luoshi.core.document.document_number import find_number, number_of_entry
from luoshi.core.document.head import (
    Line,
    Signature,
    Title,
    first_item,
    head_lines,
    issued_name,
    recipients,
    signatures,
    split_recipients,
    titles,
)
from luoshi.core.document.metadata_entries import Entry, entries
from luoshi.core.document.model import Document
from luoshi.core.plan.model import Finding, Metadata
from luoshi.core.source import Span

# What a title is about, whatever marks stand around it: two titles of the same letters are the same.
_LETTERS = re.compile(r"[^\w]+")
# What only carries a plan or rules. Sample: 关于印发《…》的通知, 云溪区人民政府令
_COVER = re.compile(r"(?:印发|转发|下发|印發|轉發|公布).*(?:通知|函|通报)|^.{2,40}令$")
# The body at the beginning of a title. Sample: 云溪区人民政府办公室关于…
_TITLE_BODY = re.compile(
    r"^(?P<body>.{2,40}?(?:政府|办公厅|办公室|国务院|委员会|局|厅|部|委|院))(?:关于|關於|印发)"
)
# A title in Chinese, and not the name of a template. Sample: not "Normal.dotm"
_CHINESE = re.compile(r"[㐀-鿿]{4}")
# The letterhead. Sample: 云溪区人民政府文件
_LETTERHEAD = re.compile(r"^(?P<body>.{3,40})文件$")

_ISSUER = "发文机关"


@dataclass(frozen=True, slots=True)
class _Said:
    """A value of a field, its place and its label."""

    value: str
    span: Span
    label: str


@dataclass(slots=True)
class _Record:
    """Everything a document says of each field, in order of weight."""

    said: dict[str, list[_Said]] = field(default_factory=dict)

    def add(self, name: str, value: str, span: Span, label: str) -> None:
        self.said.setdefault(name, []).append(_Said(value, span, label))

    def value(self, name: str) -> str:
        """The first value that is not empty."""
        return next((said.value for said in self.said.get(name, ()) if said.value), "")

    def spans(self) -> dict[str, Span]:
        """Where the value of each field stands."""
        valued = {name: [s.span for s in said if s.value] for name, said in self.said.items()}
        return {name: spans[0] for name, spans in valued.items() if spans}

    def conflicts(self) -> Iterable[Finding]:
        """A finding for each field that is given twice and differently."""
        for name, said in self.said.items():
            first = said[0]
            seen = {_same(name, first.value)}
            for other in said[1:]:
                if _same(name, other.value) not in seen:
                    seen.add(_same(name, other.value))
                    details = {"field": first.label, "first": first.value, "second": other.value}
                    yield Finding("metadata-conflict", other.span, details, (first.value, other.value))


def read_metadata(document: Document) -> tuple[Metadata, tuple[Finding, ...]]:
    """What `document` says of itself.

    Returns:
        The metadata, with the place of each field in the clean text, and a `metadata-conflict` finding for
        every field that is given twice with different values (or once with none).
    """
    record = _Record()
    lines = head_lines(document)
    for entry in entries(document):
        value = _value_of_entry(entry)
        record.add(entry.field, value, entry.span, entry.label)
    end = first_item(lines)
    signed = signatures(lines)
    title = _read_title(record, lines, end, signed)
    _read_number(record, lines, end, title)
    _read_signature(record, lines, signed)
    _read_issuer(record, lines, title)
    _read_recipients(record, lines, end)
    return _metadata(document, record), tuple(record.conflicts())


def _metadata(document: Document, record: _Record) -> Metadata:
    addressed = record.value("recipients")
    return Metadata(
        file=document.name,
        format=document.format,
        sha256=document.sha256,
        title=record.value("title") or _declared_title(document),
        issuer=record.value("issuer"),
        document_number=record.value("document_number"),
        index_number=record.value("index_number"),
        date=record.value("date"),
        published=record.value("published") or _declared_day(document),
        validity=record.value("validity"),
        recipients=split_recipients(addressed) if addressed else (),
        spans=record.spans(),
    )


def _declared_title(document: Document) -> str:
    """The title that a page declares, where its text shows none; others keep names of templates."""
    title = document.declared.get("ArticleTitle") or document.declared.get("title", "")
    return title if document.format == "html" and _CHINESE.search(title) else ""


def _declared_day(document: Document) -> str:
    """The day of publication that the head of a government page declares."""
    return next((day for day, _ in find_dates(document.declared.get("PubDate", ""))), "")


def _same(name: str, value: str) -> str:
    """What must be equal in two values for them to agree."""
    return _LETTERS.sub("", value) if name in ("title", "issuer", "recipients") else "".join(value.split())


def _value_of_entry(entry: Entry) -> str:
    match entry.field:
        case "document_number":
            return number_of_entry(entry.value)
        case "date" | "published":
            return next((day for day, _ in find_dates(entry.value)), "")
        case _:
            return " ".join(entry.value.split())


# --- from the text ------------------------------------------------------------------------------------


def _read_title(record: _Record, lines: list[Line], end: int, signed: list[Signature]) -> Title | None:
    """The plan's own title: what the notice names, else what follows its signature, else the first."""
    issued = issued_name(lines, end)
    # The notice itself may have numbered items; then the plan's title stands behind them, never far down.
    within = end if issued is None else min(len(lines), end + 80)
    own = None
    if issued is not None:
        own = next((title for title in titles(lines, within) if _alike(title.text, issued[0])), None)
    if own is None:
        found = [title for title in titles(lines, within) if title.last < end]
        # What follows the signature of a notice without a title, or of one that only carries, is the plan.
        behind = [t for t in found if signed and signed[0].span.end <= t.span.start]
        covered = bool(behind) and (behind[0] is found[0] or _COVER.search(found[0].text) is not None)
        own = behind[0] if covered else next(iter(found), None)
    printed = record.said.pop("title", [])
    if own is not None:
        record.add("title", own.text, own.span, "标题")
    elif issued is not None and not printed:
        record.add("title", issued[0], issued[1], "标题")
    if issued is not None and own is not None and _alike(own.text, issued[0]):
        record.add("title", issued[0], issued[1], "标题")
    for said in printed:
        # The table of a page names the notice as often as the plan: only a likeness of the same name counts.
        if own is None or _alike(own.text, said.value):
            record.add("title", said.value, said.span, said.label)
    return own


def _alike(first: str, second: str) -> bool:
    """Whether two titles are meant to be the same, though some letters may differ."""
    a, b = _LETTERS.sub("", first), _LETTERS.sub("", second)
    if a == b or (min(len(a), len(b)) >= 8 and (a.endswith(b) or b.endswith(a))):
        return True
    return SequenceMatcher(None, a, b, autojunk=False).ratio() > 0.85


def _read_number(record: _Record, lines: list[Line], end: int, title: Title | None) -> None:
    """A number that stands on a line of its own, above or below a title."""
    for line in lines[: max(end, title.last + 3 if title else 0)]:
        words = line.text
        if len(words) > 60 or any(mark in words for mark in "。《,，"):
            continue
        number = find_number(words)
        if number and len(words.strip("()（） ")) - len(number.span) < 16:
            start = line.span.start + number.span.start
            record.add("document_number", number.value, Span(start, start + len(number.span)), "文号")
            return


def _read_signature(record: _Record, lines: list[Line], signed: list[Signature]) -> None:
    """The date and the bodies of the first signature."""
    chosen = next((s for s in signed if s.bodies), signed[0] if signed else None)
    if chosen is None:
        return
    record.add("date", chosen.date, chosen.span, "成文日期")
    if chosen.bodies:
        words = [line.text for line in chosen.bodies]
        together = _LETTERS.sub("", "".join(words))
        known = record.value("issuer")
        joint = "、".join(words)
        value = "".join(words) if _LETTERS.sub("", known) == together or _parted(words) else joint
        span = Span(chosen.bodies[0].span.start, chosen.bodies[-1].span.end)
        record.add("issuer", "".join(value.split()), span, _ISSUER)


def _parted(words: list[str]) -> bool:
    """Whether lines are one broken name, not several names: only the first names the place."""
    return len(words) > 1 and words[0].startswith("中共") and not words[1].startswith(("中共", words[0][2:4]))


def _read_issuer(record: _Record, lines: list[Line], title: Title | None) -> None:
    if record.value("issuer"):
        return
    heads = [(line.span.start, found) for line in lines[:6] if (found := _LETTERHEAD.match(line.text))]
    if title and (found := _TITLE_BODY.match(title.text)):
        heads.append((title.span.start, found))
    if heads:
        start, found = heads[0]
        record.add("issuer", found["body"], Span(start, start + found.end("body")), _ISSUER)


def _read_recipients(record: _Record, lines: list[Line], end: int) -> None:
    found = recipients(lines, end)
    if found:
        words, span = found
        record.add("recipients", "，".join(words), span, "主送")
