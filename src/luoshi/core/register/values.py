"""Values of fields: what people type or send, made exact, or refused with what to write instead.

A value that was not given is None here and absent in an entry. Everything else is a value: zero, "no" and
"unknown", too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from luoshi.core.calendar.periods import Period, UnknownPeriod
from luoshi.core.credit_code import WrongCreditCode, verified
from luoshi.core.errors import LuoshiError, Phrase
from luoshi.core.register.fields import Field, FieldType, Option
from luoshi.core.register.person import Person, compact, is_identity

Value = str | Decimal | date | Person | tuple[str, ...] | tuple[Mapping[str, "Value"], ...]

MOST_LINE, MOST_TEXT, MOST_ROWS, MOST_FILES = 500, 20_000, 2_000, 50
MOST_DIGITS, MOST_PLACES = 18, 6
FIRST_YEAR, LAST_YEAR = 1900, 2200

# A day as people write it. Samples: 2026-3-1, 2026/03/01, 2026年3月1日, 2026.3.1
_DAY = re.compile(r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?", re.ASCII)
# What separates several options in a cell. Samples: 甲;乙, 甲、乙
_SEPARATOR = re.compile(r"[;；、\n]+")
# Characters that no text of an entry holds. Sample: "\\x00"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ANSWERS = {
    **dict.fromkeys(("yes", "是", "有", "y", "true", "1"), "yes"),
    **dict.fromkeys(("no", "否", "无", "没有", "n", "false", "0"), "no"),
    **dict.fromkeys(("unknown", "不详", "不清楚", "未知"), "unknown"),
}


class ValueUnusable(LuoshiError):
    """Something that a field cannot hold."""

    code = "value-unusable"
    zh = "“{field}”：{problem}"
    en = "{field}: {problem}"


def read(field: Field, given: object) -> Value | None:
    """The value of a field in its exact form.

    Args:
        field: what it is a value of.
        given: text from a form or a cell, or what JSON holds.

    Returns:
        None where nothing was given.

    Raises:
        ValueUnusable: the field cannot hold it.

    Example:
        >>> day = Field("met-on", FieldType.DATE, Phrase("会议日期", "Day of the meeting"))
        >>> read(day, "2026年3月1日")
        datetime.date(2026, 3, 1)
    """
    if given is None or given == "" or given == [] or (isinstance(given, str) and not given.strip()):
        return None
    value = _READERS[field.type](field, given)
    # Rows of which none holds anything, options of which none was ticked.
    return None if value == () else value


def refuse(field: Field, zh: str, en: str) -> ValueUnusable:
    """The error that says what is wrong with the value of a field."""
    label = Phrase(field.label.zh, field.label.en)
    return ValueUnusable(field=label, problem=Phrase(zh, en))


def _text(field: Field, given: object) -> str:
    if not isinstance(given, str):
        raise refuse(field, "应为文字。", "This has to be text.")
    said = _CONTROL.sub("", given.replace("\r\n", "\n")).strip()
    most = MOST_TEXT if field.type is FieldType.LONG_TEXT else MOST_LINE
    if len(said) > most:
        raise refuse(
            field, f"最多{most}字，现有{len(said)}字。", f"At most {most} characters; there are {len(said)}."
        )
    if field.type is not FieldType.LONG_TEXT and "\n" in said:
        said = " ".join(said.split())
    return said


def _number(field: Field, given: object) -> Decimal:
    said = str(given).strip().replace(",", "").replace("，", "")
    if field.unit and said.endswith(field.unit):
        said = said.removesuffix(field.unit).strip()
    try:
        found = (
            Decimal(said) if not isinstance(given, bool) and len(said) <= MOST_DIGITS + 8 else Decimal("NaN")
        )
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise refuse(field, f"“{said[:30]}”不是数。", f"“{said[:30]}” is not a number.")
    places = 2 if field.type is FieldType.MONEY else MOST_PLACES
    exponent = found.as_tuple().exponent
    if isinstance(exponent, int) and (-exponent > places or found.adjusted() >= MOST_DIGITS - places):
        raise refuse(
            field, f"最多{places}位小数，且不能过大。", f"At most {places} decimals, and not that large."
        )
    least = field.least if field.least is not None or field.type is not FieldType.MONEY else Decimal(0)
    if least is not None and found < least:
        raise refuse(field, f"不能小于{least}{field.unit}。", f"At least {least} {field.unit}".rstrip() + ".")
    if field.most is not None and found > field.most:
        raise refuse(
            field, f"不能大于{field.most}{field.unit}。", f"At most {field.most} {field.unit}".rstrip() + "."
        )
    return found.quantize(Decimal("0.01")) if field.type is FieldType.MONEY else found


def _date(field: Field, given: object) -> date:
    if isinstance(given, date):
        return date(given.year, given.month, given.day)
    found = _DAY.fullmatch(str(given).strip())
    try:
        day = date(*(int(found[part]) for part in ("year", "month", "day"))) if found else None
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        zh = f"“{str(given)[:30]}”不是日期，请写成2026-03-01。"
        raise refuse(field, zh, f"“{str(given)[:30]}” is no day; write 2026-03-01.")
    return day


def _period(field: Field, given: object) -> str:
    try:
        return Period.parse(str(given).strip()).key
    except UnknownPeriod as error:
        raise refuse(field, error.message("zh"), error.message("en")) from None


def _option(field: Field, said: str) -> Option:
    offered = list(field.offered())
    for one in offered:
        if said in (one.key, one.label.zh, one.label.en):
            return one
    shown = "、".join(one.label.zh for one in offered[:12])
    english = ", ".join(one.label.en for one in offered[:12])
    raise refuse(
        field, f"没有“{said[:30]}”这一项，可选：{shown}。", f"There is no “{said[:30]}”; choose {english}."
    )


def _choice(field: Field, given: object) -> str:
    return _option(field, str(given).strip()).key


def _choices(field: Field, given: object) -> tuple[str, ...]:
    said = given if isinstance(given, list | tuple) else _SEPARATOR.split(str(given))
    chosen = {_option(field, str(one).strip()).key for one in said if str(one).strip()}
    return tuple(one.key for one in field.offered() if one.key in chosen)


def _yes_no(field: Field, given: object) -> str:
    found = _ANSWERS.get(str(given).strip().lower())
    if found is None:
        raise refuse(field, "请填是、否或不详。", "Write yes, no or unknown.")
    return found


def _person(field: Field, given: object) -> Person:
    if isinstance(given, Person):
        given = {"name": given.name, "phone": given.phone, "identity": given.identity}
    if isinstance(given, str):
        given = {"name": given}
    if not isinstance(given, Mapping) or not set(given) <= {"name", "phone", "identity"}:
        raise refuse(
            field,
            "应包括姓名，必要时加电话、证件号码。",
            "Give a name, and a telephone or identity number if needed.",
        )
    name = " ".join(str(given.get("name") or "").split())
    phone, identity = (compact(str(given.get(key) or "")) for key in ("phone", "identity"))
    if not 0 < len(name) <= 50:
        raise refuse(field, "请填姓名，最多50字。", "Give the name, in at most 50 characters.")
    if phone and not (phone.lstrip("+").isdigit() and 7 <= len(phone) <= 16):
        raise refuse(field, "电话号码应为7至16位数字。", "A telephone number has 7 to 16 digits.")
    if identity and not is_identity(identity):
        raise refuse(
            field, "身份证号码不正确，请核对。", "The identity number is wrong; compare it with the card."
        )
    return Person(name, phone, identity)


def _credit_code(field: Field, given: object) -> str:
    try:
        return verified(str(given))
    except WrongCreditCode as error:
        raise refuse(field, error.message("zh"), error.message("en")) from None


def _reference(field: Field, given: object) -> str:
    said = str(given).strip()
    if not 0 < len(said) <= MOST_LINE:
        raise refuse(field, "请从列表中选择。", "Choose one from the list.")
    return said


def _files(field: Field, given: object) -> tuple[str, ...]:
    said = given if isinstance(given, list | tuple) else [given]
    if len(said) > MOST_FILES:
        raise refuse(field, f"最多{MOST_FILES}个文件。", f"At most {MOST_FILES} files.")
    return tuple(dict.fromkeys(_reference(field, one) for one in said))


def _rows(field: Field, given: object) -> tuple[Mapping[str, Value], ...]:
    if not isinstance(given, Sequence) or isinstance(given, str):
        raise refuse(field, "应为若干行。", "This has to be a list of rows.")
    if len(given) > MOST_ROWS:
        raise refuse(field, f"最多{MOST_ROWS}行。", f"At most {MOST_ROWS} rows.")
    rows = (_row(field, number, one) for number, one in enumerate(given, start=1))
    return tuple(row for row in rows if row)


def _row(field: Field, number: int, given: object) -> Mapping[str, Value]:
    columns = {column.key: column for column in field.columns}
    if not isinstance(given, Mapping) or not set(given) <= set(columns):
        raise refuse(field, f"第{number}行有多余的列。", f"Row {number} has a column that is not known.")
    try:
        read_row = {key: read(column, given.get(key)) for key, column in columns.items()}
    except ValueUnusable as error:
        raise refuse(
            field, f"第{number}行{error.message('zh')}", f"row {number}: {error.message('en')}"
        ) from None
    kept = {key: value for key, value in read_row.items() if value is not None}
    if kept:
        for key, column in columns.items():
            if column.required is True and key not in kept:
                zh = f"第{number}行缺少“{column.label.zh}”。"
                raise refuse(field, zh, f"Row {number} lacks {column.label.en}.")
    return kept


def _computed(field: Field, given: object) -> Value:
    raise refuse(field, "由系统计算，不能填写。", "This is computed; it cannot be written.")


_READERS: Mapping[FieldType, Callable[[Field, object], Value]] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _text,
    FieldType.PLACE: _text,
    FieldType.DOCUMENT_NUMBER: _text,
    FieldType.NUMBER: _number,
    FieldType.MONEY: _number,
    FieldType.DATE: _date,
    FieldType.PERIOD: _period,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.YES_NO: _yes_no,
    FieldType.BODY: _reference,
    FieldType.LINK: _reference,
    FieldType.FILE: _reference,
    FieldType.PERSON: _person,
    FieldType.CREDIT_CODE: _credit_code,
    FieldType.FILES: _files,
    FieldType.ROWS: _rows,
    FieldType.COMPUTED: _computed,
}
