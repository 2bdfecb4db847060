"""What is already known for a report, and what is asked: only what changed.

A fact is entered once. A computed figure is never typed; a fact on file is shown; what was reported last
stands until somebody changes it. Missing, zero and not applicable are three different values: a field without
a value is absent, 0 is 0, and `NOT_APPLICABLE` says that there is nothing to report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Final, Literal

from luoshi.core.errors import LuoshiError, Phrase


class NotApplicable(Enum):
    """The one value that says a field does not apply."""

    NOT_APPLICABLE = "not-applicable"


NOT_APPLICABLE: Final = NotApplicable.NOT_APPLICABLE

Value = str | int | Decimal | tuple[str, ...] | NotApplicable
"""What a field holds: words, a count, a number (shares in %), identifiers of files, or not applicable."""

Carry = Literal["keep", "show", "compute"]


class AnswersMissing(LuoshiError):
    """A report without what it has to say."""

    code = "work-answers-missing"
    zh = "还没有填写:{fields};请补充后再提交。"
    en = "Not filled in yet: {fields}; add it and submit again."


class AnswerComputed(LuoshiError):
    """A figure typed by hand that the system computes."""

    code = "work-answer-computed"
    zh = "“{field}”由系统根据台账计算,不能手填;如有误,请更正台账。"
    en = "“{field}” is computed from the registers and cannot be typed; correct the register if it is wrong."


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a report.

    Attributes:
        key: its name in storage.
        words: its label.
        carry: `keep` lets the last value stand until it is changed; `show` shows the last value beside an
            empty field, for words about this period only; `compute` takes the figure from the registers.
        required: whether the first report cannot do without it. Evidence never is, unless a rule says why.
    """

    key: str
    words: Phrase
    carry: Carry = "keep"
    required: bool = False


FIELDS = (
    Field("progress", Phrase("进展情况", "progress"), "show", required=True),
    Field("share_done", Phrase("完成比例", "share done")),
    Field("problems", Phrase("存在问题", "problems")),
    Field("next_step", Phrase("下一步安排", "next step")),
    Field("help_needed", Phrase("需协调事项", "help needed"), "show"),
    Field("evidence", Phrase("佐证材料", "evidence")),
)
"""What a report asks by default; `share_done` only for tasks where a share means something."""


@dataclass(frozen=True, slots=True)
class Known:
    """A value that is there already: where it comes from and of what day it is."""

    value: Value
    origin: Phrase
    as_of: date


@dataclass(frozen=True, slots=True)
class Line:
    """A field with what is known of it.

    Attributes:
        field: what it is about.
        known: the newest value, if there is one.
        need: `answer` when the body has to fill it in, `change` when it may, `nothing` when it cannot.
    """

    field: Field
    known: Known | None
    need: Literal["answer", "change", "nothing"]


@dataclass(frozen=True, slots=True)
class Form:
    """A report about to be filled in."""

    lines: tuple[Line, ...]

    @property
    def asked(self) -> int:
        """How many fields the body has to fill in."""
        return sum(line.need == "answer" for line in self.lines)

    @property
    def prefilled(self) -> int:
        """How many fields stand there already."""
        return sum(line.known is not None for line in self.lines)

    @property
    def one_click(self) -> bool:
        """Whether “no change” is a whole answer."""
        return self.asked == 0 and self.prefilled > 0


@dataclass(frozen=True, slots=True)
class Answer:
    """A report that was filled in.

    Attributes:
        values: of every field that has one; last period's words about that period are not among them.
        changed: keys of the fields that differ from what was known, in the order of the form.
    """

    values: Mapping[str, Value]
    changed: tuple[str, ...]

    @property
    def no_change(self) -> bool:
        """Whether the report says that nothing is new."""
        return not self.changed


def prefill(
    fields: Sequence[Field],
    *,
    last: Mapping[str, Known] | None = None,
    figures: Mapping[str, Known] | None = None,
    on_file: Mapping[str, Known] | None = None,
) -> Form:
    """The form of a report with everything that is known.

    Args:
        fields: of the report, in order.
        last: the last accepted report, by key of the field.
        figures: computed from registers.
        on_file: facts and evidence held elsewhere; newer ones go before the last report.

    Example:
        >>> word = Known("已培训两批", Phrase("上期报送", "last report"), date(2026, 3, 30))
        >>> form = prefill(FIELDS, last={"progress": word})
        >>> form.asked, form.prefilled, form.one_click
        (0, 1, True)
        >>> prefill(FIELDS).asked
        1
    """
    sources = (on_file or {}, last or {})
    return Form(tuple(_line(field, figures or {}, sources) for field in fields))


def _line(field: Field, figures: Mapping[str, Known], sources: Sequence[Mapping[str, Known]]) -> Line:
    if field.carry == "compute":
        return Line(field, figures.get(field.key), "nothing")
    found = [source[field.key] for source in sources if field.key in source]
    # Of the same day, what is on file goes before what was reported: `max` keeps the first.
    known = max(found, key=lambda one: one.as_of, default=None)
    return Line(field, known, "answer" if field.required and known is None else "change")


def starting(form: Form) -> dict[str, Value]:
    """What stands in the form before anybody answers.

    Example:
        >>> known = Known("一个", Phrase("上期报送", "last report"), date(2026, 3, 30))
        >>> starting(prefill(FIELDS, last={"progress": known, "problems": known}))
        {'problems': '一个'}
    """
    kept = {line.field.key: _kept(line) for line in form.lines}
    return {key: value for key, value in kept.items() if value is not None}


def complete(form: Form, answers: Mapping[str, Value]) -> Answer:
    """The report that the answers make with what was known.

    Args:
        form: as it was shown.
        answers: what the body filled in, by key; blank words clear a field, no answers mean “no change”.

    Raises:
        AnswersMissing: a required field has no value.
        AnswerComputed: a figure was typed that is computed.
        KeyError: the form has no such field.
    """
    unknown = set(answers) - {line.field.key for line in form.lines}
    if unknown:
        raise KeyError(f"no such fields: {sorted(unknown)}")
    values: dict[str, Value] = {}
    changed: list[str] = []
    missing: list[Phrase] = []
    for line in form.lines:
        key, known = line.field.key, line.known.value if line.known is not None else None
        value = _kept(line) if key not in answers else _said(answers[key])
        if key in answers and line.need == "nothing":
            raise AnswerComputed(field=line.field.words)
        if key in answers and value != known and not (value is None and line.field.carry == "show"):
            changed.append(key)
        if value is not None:
            values[key] = value
        elif line.field.required and (known is None or (key in changed)):
            missing.append(line.field.words)
    if missing:
        zh, en = "、".join(one.zh for one in missing), ", ".join(one.en for one in missing)
        raise AnswersMissing(fields=Phrase(zh, en))
    return Answer(values, tuple(changed))


def _kept(line: Line) -> Value | None:
    """What stands when nothing is answered: words about another period do not."""
    return line.known.value if line.known is not None and line.field.carry != "show" else None


def _said(value: Value) -> Value | None:
    """The answer, or None for one that says nothing."""
    return None if (isinstance(value, str) and not value.strip()) or value == () else value
