"""Registers as the calls tell them: declarations, entries with what is personal masked, what happened."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.utils import timezone
from ninja import Schema

from luoshi.apps.register.queries.lights import light_of
from luoshi.apps.register.queries.loading import register_of
from luoshi.core.errors import Phrase


class Bilingual(Schema):
    """Words in both languages."""

    zh: str
    en: str


class RegisterRow(Schema):
    """A mechanism, and how many of its entries the caller may see."""

    key: str
    version: int
    theme: str
    name: Bilingual
    purpose: Bilingual
    all: int
    open: int
    late: int


class OptionOut(Schema):
    """An answer of a choice; those inside it follow it. A retired one is not taken any more."""

    key: str
    label: Bilingual
    retired: bool


class FieldOut(Schema):
    """What an entry is asked for.

    `required` and `shown` are `depends` where it follows from other values. Of a link, `to` is the mechanism
    whose entries it names. `personal` values are masked, and revealed for a purpose.
    """

    key: str
    type: str
    label: Bilingual
    help: Bilingual | None
    required: Literal["always", "never", "depends"]
    shown: Literal["always", "depends"]
    personal: bool
    public: bool
    unit: str
    least: str | None
    most: str | None
    options: list[OptionOut]
    to: str
    columns: list[FieldOut]

    @staticmethod
    def resolve_required(field: Any) -> str:
        return "depends" if not isinstance(field.required, bool) else "always" if field.required else "never"

    @staticmethod
    def resolve_shown(field: Any) -> str:
        return "always" if field.shown is None else "depends"

    @staticmethod
    def resolve_personal(field: Any) -> bool:
        return bool(field.personal or field.sensitive)

    @staticmethod
    def resolve_least(field: Any) -> str | None:
        return None if field.least is None else str(field.least)

    @staticmethod
    def resolve_most(field: Any) -> str | None:
        return None if field.most is None else str(field.most)

    @staticmethod
    def resolve_options(field: Any) -> list[Any]:
        return [inner for one in field.options for inner in one.walk()]


class StandsOut(Schema):
    """A state of a mechanism."""

    key: str
    label: Bilingual
    final: bool
    public: bool
    tone: str


class TransitionOut(Schema):
    """A step: from which states (none for one that begins an entry), by whom, with which fields.

    It is refused without what it `needs`, and without a reason where `reason` says so.
    """

    key: str
    label: Bilingual
    origins: list[str]
    target: str | None
    who: list[str]
    asks: list[str]
    needs: list[str]
    reason: bool


class LimitOut(Schema):
    """A time limit, with where it stands."""

    key: str
    label: Bilingual
    amount: int
    unit: str
    minimum: bool
    source: Bilingual
    verified: bool

    @staticmethod
    def resolve_amount(limit: Any) -> int:
        return int(limit.rule.amount)

    @staticmethod
    def resolve_unit(limit: Any) -> str:
        return str(limit.rule.unit)

    @staticmethod
    def resolve_source(limit: Any) -> Phrase:
        words: Phrase = limit.source.words
        return words

    @staticmethod
    def resolve_verified(limit: Any) -> bool:
        return bool(limit.rule.verified)


class ViewOut(Schema):
    """A list with a name."""

    key: str
    label: Bilingual


class MayBegin(Schema):
    """A first step that the caller may take, and for which bodies."""

    transition: str
    bodies: list[int]


class RegisterOut(Schema):
    """What a mechanism declares; `filters` are the fields by which entries are listed."""

    key: str
    version: int
    theme: str
    name: Bilingual
    purpose: Bilingual
    fields: list[FieldOut]
    states: list[StandsOut]
    transitions: list[TransitionOut]
    limits: list[LimitOut]
    columns: list[str]
    filters: list[str]
    views: list[ViewOut]
    begin: list[MayBegin]


class StateCount(Schema):
    """How many entries stand in a state."""

    state: str
    label: Bilingual
    entries: int


class EntryRow(Schema):
    """An entry in short. Its ETag, which a step names, is its `revision`."""

    id: int
    mechanism: str
    version: int
    number: str
    title: str
    state: str
    body_id: int
    holder_id: int
    pending_id: int | None
    began: date
    ended: date | None
    public: bool
    revision: int


class ListedEntry(EntryRow):
    """An entry in a list, with the words of the columns; `due` is the limit that ends first."""

    due: date | None
    limit: str | None
    light: str
    columns: dict[str, str]

    @staticmethod
    def resolve_due(row: Any) -> date | None:
        due: date | None = row.next_due
        return due

    @staticmethod
    def resolve_limit(row: Any) -> str | None:
        limit: str | None = row.next_limit
        return limit

    @staticmethod
    def resolve_light(row: Any) -> str:
        limit = register_of(row).limit.get(row.next_limit or "")
        return light_of(row.next_due, limit, timezone.localdate()).value


class EntryFileOut(Schema):
    """A file of an entry. A step names it by its `token`."""

    id: int
    field: str
    token: str
    name: str
    media: str
    size: int
    sha256: str

    @staticmethod
    def resolve_sha256(file: Any) -> str:
        return str(file.blob_id)


class ValueOut(Schema):
    """What a field holds: `words` in the language of the caller, `value` as a step takes it.

    Of what is personal there is no `value`, and the words are masked: `hidden`. `rows` are the words of a
    field of rows, by column.
    """

    field: str
    label: Bilingual
    words: str
    value: Any | None
    hidden: bool
    rows: list[list[str]]
    files: list[EntryFileOut]
    entry_id: int | None


class NextStep(Schema):
    """A step that leads on from here; `mine` where the caller may take it."""

    transition: str
    label: Bilingual
    who: list[str]
    mine: bool


class EntryWhole(EntryRow):
    """An entry with what it holds, and the steps that lead on."""

    values: list[ValueOut]
    steps: list[NextStep]


class TakenOut(Schema):
    """Something that happened to an entry; `fields` are those that were written."""

    id: int
    transition: str
    origin: str
    target: str
    actor: str
    by: str
    body_id: int | None
    at: datetime
    reason: str
    fields: list[str]
    revision: int

    @staticmethod
    def resolve_by(step: Any) -> str:
        return "" if step.by is None else str(step.by.get_full_name() or step.by.get_username())


class ClockOut(Schema):
    """A limit of an entry: from when, until when, and how it ended."""

    id: int
    limit: str
    started: date
    due: date | None
    extended: int
    times: int
    ended: date | None
    outcome: str


class LinkedEntry(EntryRow):
    """An entry beside another."""


class PlainValue(Schema):
    """What is personal, without a mask."""

    field: str
    label: Bilingual
    words: str
    rows: list[list[str]]


class RevealedOut(Schema):
    """What is personal in an entry; never kept, never given again."""

    entry_id: int
    values: list[PlainValue] | None


class CorrectionOut(Schema):
    """What somebody wants put right, and what was said to it."""

    id: int
    words: str
    at: datetime
    made: bool | None
    answer: str
    answered_at: datetime | None


class PersonalField(Schema):
    """A personal field, and which steps ask for it; one that no step asks for need not be there."""

    field: str
    label: Bilingual
    steps: list[str]
    outside: bool
    sensitive: bool


class PrivacyOut(Schema):
    """The impact assessment of a mechanism, with the figures of what the caller may see."""

    fields: list[PersonalField]
    published: list[str]
    years: int | None
    personal_years: int | None
    entries: int
    forgotten: int
    looks: int
    asked: int
    unanswered: int
