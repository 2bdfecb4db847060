"""Values of a report as JSON, and as people type them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from luoshi.core.errors import LuoshiError
from luoshi.core.work.prefill import NOT_APPLICABLE, Value

_MARK = "not-applicable"


class ShareUnusable(LuoshiError):
    """A share that is no number from 0 to 100."""

    code = "work-share-unusable"
    zh = "“{value}”不是完成比例;请填0到100之间的数,最多两位小数。"
    en = "“{value}” is no share; write a number from 0 to 100 with two decimals at most."


def pack(values: Mapping[str, Value]) -> dict[str, object]:
    """Values as JSON holds them.

    Example:
        >>> pack({"share_done": Decimal("62.50"), "evidence": ("7",), "problems": NOT_APPLICABLE})
        {'share_done': 62.5, 'evidence': ['7'], 'problems': {'not-applicable': True}}
    """
    return {key: _packed(value) for key, value in values.items()}


def unpack(stored: Mapping[str, object]) -> dict[str, Value]:
    """What `pack` made, as values again.

    Example:
        >>> unpack({"share_done": 62.5, "evidence": ["7"], "problems": {"not-applicable": True}})["evidence"]
        ('7',)
    """
    return {key: _unpacked(value) for key, value in stored.items()}


def _packed(value: Value) -> object:
    if value is NOT_APPLICABLE:
        return {_MARK: True}
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return list(value) if isinstance(value, tuple) else value


def _unpacked(value: object) -> Value:
    if isinstance(value, dict):
        return NOT_APPLICABLE
    if isinstance(value, list):
        return tuple(str(one) for one in value)
    if isinstance(value, float):
        return Decimal(str(value))
    if not isinstance(value, str | int):
        raise TypeError(f"no value of a report: {value!r}")
    return value


def share(written: str) -> int | Decimal | None:
    """The share that somebody typed; None for nothing.

    Raises:
        ShareUnusable: it is no number from 0 to 100, or has more than two decimals.

    Example:
        >>> share(" 62.5% "), share("100"), share("")
        (Decimal('62.5'), 100, None)
    """
    digits = written.strip().rstrip("%％").strip()
    if not digits:
        return None
    try:
        number = Decimal(digits)
    except InvalidOperation:
        raise ShareUnusable(value=written) from None
    if not number.is_finite() or not 0 <= number <= 100 or number != round(number, 2):
        raise ShareUnusable(value=written)
    return int(number) if number == number.to_integral_value() else number.normalize()
