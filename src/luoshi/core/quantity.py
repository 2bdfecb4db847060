"""Numbers as official texts write them: Arabic, Chinese and mixed numerals, halves, ten-thousands.

Only what plans use: cardinal numbers up to 亿 and decimals. Ordinals and dates are the business of
`luoshi.core.plan`.
"""

from __future__ import annotations

import re
from decimal import Decimal

_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "俩": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}

# A Chinese cardinal number. Sample: 三百二十, 两万, 半
CHINESE_NUMBER = r"(?:[一二两三四五六七八九十百千零〇]{1,9}|半)"
# An Arabic number with or without groups of thousands. Sample: 1,000 or 98.5
ARABIC_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"

# An Arabic number with Chinese powers of ten. Sample: 1.3万
_MIXED = re.compile(rf"({ARABIC_NUMBER})([万亿]*)")


def parse_number(text: str) -> Decimal:
    """The value of a cardinal number.

    Args:
        text: digits, Chinese numerals, or both ("1.3", "三百", "2万", "半").

    Raises:
        ValueError: if it is no number.

    Example:
        >>> [str(parse_number(t)) for t in ("98.5", "1,000", "三百二十", "两万", "半", "1.3万", "十二")]
        ['98.5', '1000', '320', '20000', '0.5', '13000', '12']
    """
    text = text.strip()
    if text == "半":
        return Decimal("0.5")
    mixed = _MIXED.fullmatch(text)
    if mixed:
        value = Decimal(mixed.group(1).replace(",", ""))
        for unit in mixed.group(2):
            value *= _LARGE[unit]
        whole = value.to_integral_value()
        return whole if whole == value else value
    if not text or any(c not in _DIGIT and c not in _SMALL and c not in _LARGE for c in text):
        raise ValueError(f"no number: {text!r}")
    if len(text) > 1 and all(c in _DIGIT for c in text):
        return Decimal("".join(str(_DIGIT[c]) for c in text))
    return Decimal(_chinese(text))


def _chinese(text: str) -> int:
    total = section = digit = 0
    for char in text:
        if char in _DIGIT:
            digit = _DIGIT[char]
        elif char in _SMALL:
            section += (digit or (1 if char == "十" and section == 0 else digit)) * _SMALL[char]
            digit = 0
        else:
            total = (
                (total + section + digit) * _LARGE[char]
                if char == "亿"
                else total + (section + digit) * _LARGE[char]
            )
            section = digit = 0
    return total + section + digit
