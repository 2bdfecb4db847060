"""What a line can begin with: numbers, bullets and labels.

Cleaning asks whether a line begins something of its own; the plan's grammar asks what. Both use the patterns
of this page, so they can never disagree about where an item starts.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

# Characters that count as Chinese numerals in item numbers. Sample: 二十一
NUMERAL = "〇零一二三四五六七八九十百"

# What follows a decimal number: words that make it neither a measure nor a day. Sample: 1.1 编制规划
_AFTER_DECIMAL = (
    r"(?=\s?[一-鿿“](?<![万亿个元倍公平立米吨亩千百小天年月日号家人名户次项件条])"
    r"(?![^,，。；;]{0,12}(?:日|周|节|活动)))"
)

# Marks at the start of a line, most specific first. Each is (style, pattern); the pattern's one group is the
# number, the whole match is what the mark covers.
STYLES: tuple[tuple[str, str], ...] = (
    # 第三章 / 第二部分: books, parts, chapters, sections of a long document.
    ("chapter", rf"第([{NUMERAL}\d]{{1,4}})(?:编|章|部分|节)(?=[\s　:：]|[^条款项])"),
    # 第三条: articles; not 第三条规定 and 第三条第二款 inside a sentence.
    ("article", rf"第([{NUMERAL}\d]{{1,4}})条(?=[\s　:：]|[^款项规的、，,所第之])"),
    # 一是 / 二是: enumeration in prose, an item only where it opens a line.
    ("yishi", rf"([{NUMERAL}]{{1,3}}(?:是|要))(?=[^\s、.．])"),
    # 一、 / 十二、: the usual first level.
    ("cjk", rf"([{NUMERAL}]{{1,4}})\s?(?:、|[.．](?!\d))"),
    # （一） / (十二): the usual second level.
    ("cjk-bracket", rf"[（(]\s?([{NUMERAL}]{{1,4}})\s?[)）]、?"),
    # 1.1 / 2.3.1: decimal numbers; not 1.5万亩 and not 12.4国家宪法日.
    ("arabic-dotted", rf"(\d{{1,2}}(?:[.．]\d{{1,2}}){{1,2}})(?![\d.．])[.．、]?{_AFTER_DECIMAL}"),
    # 1. / 1． / 1、: the usual third level, also before a date; not 1.5 and not 12.4国家宪法日.
    ("arabic", r"(\d{1,3})\s?(?:[.．](?!\s?\d+(?:[^\d.．、\s]|$))|、|[.．](?=\s?(?:\d{4}年|\d{1,2}月)))"),
    # （1） / (12): the usual fourth level.
    ("arabic-bracket", r"[（(]\s?(\d{1,3})\s?[)）]、?"),
    # 1) / 1）: a variant of the fourth level.
    ("arabic-half-bracket", r"(\d{1,3})\s?[)）]"),
    # ① … ⑳: the usual fifth level.
    ("circled", r"([①-⑳])"),
)

# A line that opens with a mark, behind bullets and emphasis that web copies keep. Sample: - **(一) 推进
LINE_MARK = re.compile(
    r"(?:[-*+>#]{1,3}\s+)?(?:\*\*)?(?:" + "|".join(f"(?P<s{i}>{p})" for i, (_, p) in enumerate(STYLES)) + ")"
)

# The style that each of its groups tells.
_STYLE_OF = {f"s{i}": style for i, (style, _) in enumerate(STYLES)}

# Every character that a marked line can begin with; most lines are ruled out by it alone.
_FIRST = frozenset("第（(-*+>#0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳" + NUMERAL)

# Bullets that state a principle or a point without a number. Sample: ——坚持党的领导。
BULLETS = frozenset("—●•◆■▲★☆※-")

# A label and its colon at the start of a line. Sample: 责任部门:区司法局
LABEL = re.compile(r"[【\[（(〔]?\s?(?P<label>[一-鿿](?:\s?[一-鿿、/和]){1,11}?)\s?[】\]]?\s?[:：]")


class Mark(NamedTuple):
    """A number at the start of a line: its style, how it is printed, its value, and where the text goes on.

    `comma` says that an enumeration comma parts it from its text ("2、").
    """

    style: str
    printed: str
    value: int
    start: int
    end: int
    comma: bool = False


def line_mark(line: str, at: int = 0) -> Mark | None:
    """The mark that stands at character `at` of `line`, if any.

    Example:
        >>> line_mark("十二、加强保障").value
        12
        >>> line_mark("12.4国家宪法日") is None
        True
    """
    if line[at : at + 1] not in _FIRST or (found := LINE_MARK.match(line, at)) is None:
        return None
    style_group = found.lastindex or 0
    # Each style is a group that holds exactly one more: its number.
    printed, number = found.group(style_group, style_group + 1)
    start, end = found.start(style_group), found.end()
    style, comma = _STYLE_OF[found.lastgroup or "s0"], line[end - 1] == "、"
    return Mark(style, printed.strip().rstrip("、.． "), number_value(number), start, end, comma)


# The parts of a decimal number. Sample: 1.12
_LAST_PART = re.compile(r"\d+")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0}


@lru_cache(maxsize=1024)
def number_value(printed: str) -> int:
    """The value of an item number in Arabic, Chinese or circled digits; -1 if it is none.

    A decimal number counts with its last part: 1.12 is the twelfth of its list.

    Example:
        >>> [number_value(n) for n in ("7", "十", "二十一", "一百零三", "⑫", "二是")]
        [7, 10, 21, 103, 12, 2]
    """
    if printed.isascii() and printed.isdigit():
        return int(printed)
    if printed[:1].isdecimal() and printed[-1:].isdecimal():
        return int(_LAST_PART.findall(printed)[-1])
    if "①" <= printed[:1] <= "⑳":
        return ord(printed[0]) - ord("①") + 1
    total, digit = 0, 0
    for char in printed.rstrip("是要"):
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char == "十":
            total, digit = total + (digit or 1) * 10, 0
        elif char == "百":
            total, digit = total + digit * 100, 0
        else:
            return -1
    return total + digit
