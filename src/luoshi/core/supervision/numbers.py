"""The number of an order (督办文号) and what makes two orders be about the same matter."""

from __future__ import annotations

import re
import unicodedata

from luoshi.core.errors import LuoshiError

# What stands before the year: Chinese words of the office. Samples: "云督", "云政督办", "云督字"
PREFIX = re.compile(r"[\u4e00-\u9fff]{1,12}")
# What does not change a matter: blanks, punctuation and brackets. Samples: "、", "《", " ", "。"
_INSIGNIFICANT = re.compile(r"[\W_]+")


class PrefixUnusable(LuoshiError):
    """Words that cannot stand before the year of a number."""

    code = "supervision-prefix-unusable"
    zh = "“{prefix}”不能作文号代字;请用1至12个汉字,例如“云督”。"
    en = "“{prefix}” cannot begin a number; use 1 to 12 Chinese characters, for example “云督”."


def serial(prefix: str, year: int, number: int) -> str:
    """The number as it is written: hexagonal brackets, no 第 and no leading zero (GB/T 9704-2012).

    Raises:
        PrefixUnusable: the prefix is not Chinese words.

    Example:
        >>> serial("云督", 2026, 3)
        '云督〔2026〕3号'
    """
    if not PREFIX.fullmatch(prefix):
        raise PrefixUnusable(prefix=prefix)
    if number < 1:
        raise ValueError(f"orders are counted from 1, not {number}")
    return f"{prefix}〔{year}〕{number}号"


def matter_key(matter: str) -> str:
    """What two matters have in common that differ in width, blanks and punctuation only.

    Example:
        >>> matter_key("关于“一站式”服务、") == matter_key("关于 ＂一站式＂服务")
        True
    """
    return _INSIGNIFICANT.sub("", unicodedata.normalize("NFKC", matter)).casefold()[:200]
