"""A whole number as a list or a cell writes it: 三、 iv, ③, 丙, 叁.

The names of the formats are those of `w:numFmt` (ISO/IEC 29500-1, 17.18.59).
"""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_COUNTING_DIGITS = "零一二三四五六七八九"
_FORMAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_TRADITIONAL_FORMAL_DIGITS = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
# Beyond it a letter would be repeated more than thirty times: no list is meant that way.
_LAST_LETTER = 26 * 30


def ordinal(value: int, format: str) -> str:
    """`value` in a number format of a word processor.

    Args:
        value: a whole number, not negative.
        format: as in `w:numFmt`; one that is not known counts in decimal digits.

    Example:
        >>> [ordinal(21, f) for f in ("decimal", "chineseCounting", "upperRoman", "lowerLetter")]
        ['21', '二十一', 'XXI', 'u']
        >>> [ordinal(3, f) for f in ("decimalEnclosedCircle", "ideographTraditional", "decimalZero", "none")]
        ['③', '丙', '03', '']
    """
    return _FORMATS.get(format, str)(value)


def chinese_counting(
    value: int, *, digits: str = "零一二三四五六七八九", units: str = "十百千", ones: bool = False
) -> str:
    """`value` in Chinese numerals with 十, 百, 千, 万.

    Args:
        value: 0 up to 99,999,999; beyond it decimal digits are given.
        digits: the ten digits from zero.
        units: ten, hundred, thousand.
        ones: whether ten to nineteen begin with a one (壹拾 but 十).

    Example:
        >>> chinese_counting(12), chinese_counting(105), chinese_counting(20300)
        ('十二', '一百零五', '二万零三百')
    """
    if not 0 <= value < 10**8:
        return str(value)
    if value == 0:
        return digits[0]
    high, low = divmod(value, 10_000)
    text = _thousands(high, digits, units) + "万" if high else ""
    if low:
        text += (digits[0] if high and low < 1000 else "") + _thousands(low, digits, units)
    return text if ones else text.removeprefix(digits[1]) if text.startswith(digits[1] + units[0]) else text


def positional(value: int, digits: str = _DIGITS) -> str:
    """`value` digit by digit, as years are written.

    Example:
        >>> positional(2022)
        '二〇二二'
    """
    return "".join(digits[int(digit)] for digit in str(value))


def _thousands(value: int, digits: str, units: str) -> str:
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += (digits[0] if gap else "") + digits[digit] + (units[place - 1] if place else "")
        gap = False
    return text


def _counting(value: int) -> str:
    # "Chinese counting" goes digit by digit from one hundred on; "… thousand" uses 百 and 千.
    return chinese_counting(value) if 0 < value < 100 else positional(value)


def _japanese(value: int) -> str:
    text = chinese_counting(value)
    return text.replace("零", "").replace("一百", "百").replace("一千", "千") if value else "〇"


def _formal(value: int) -> str:
    return chinese_counting(value, digits=_FORMAL_DIGITS, units="拾佰仟", ones=True)


def _traditional_formal(value: int) -> str:
    return chinese_counting(value, digits=_TRADITIONAL_FORMAL_DIGITS, units="拾佰仟", ones=True).replace(
        "万", "萬"
    )


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return str(value)
    text = ""
    for worth, letters in _ROMAN:
        count, value = divmod(value, worth)
        text += letters * count
    return text


def _letter(value: int) -> str:
    if not 0 < value <= _LAST_LETTER:
        return str(value)
    times, letter = divmod(value - 1, 26)
    return chr(ord("A") + letter) * (times + 1)


def _from(first: str, count: int) -> Callable[[int], str]:
    """A format with one character for each of the first `count` numbers, and decimal digits after."""
    return lambda value: chr(ord(first) + value - 1) if 0 < value <= count else str(value)


def _of(characters: str) -> Callable[[int], str]:
    return lambda value: characters[value - 1] if 0 < value <= len(characters) else str(value)


def _full_width(value: int) -> str:
    return str(value).translate({ord("0") + digit: ord("０") + digit for digit in range(10)})


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "numberInDash": lambda value: f"- {value} -",
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda value: _letter(value).lower(),
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": chinese_counting,
    "taiwaneseCountingThousand": chinese_counting,
    "japaneseCounting": _japanese,
    "ideographDigital": positional,
    "taiwaneseDigital": positional,
    "japaneseDigitalTenThousand": positional,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _traditional_formal,
    "japaneseLegal": _traditional_formal,
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "decimalEnclosedCircle": _from("①", 20),
    "decimalEnclosedCircleChinese": _from("①", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
    "none": lambda _: "",
    "bullet": lambda _: "",
}
