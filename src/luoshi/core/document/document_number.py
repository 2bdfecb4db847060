"""The number of an official document (发文字号), also where a copy has damaged it.

A number is made of the issuer's short name, the year in hexagonal brackets, and a serial number:
云依法委发〔2022〕2号. Copies lose the brackets or write others, insert spaces, turn 号 into 號 or drop it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from luoshi.core.source import Span

_OPEN, _CLOSE = r"〔\[［【（(﹝〖<〈", r"〕\]］】）)﹞〗>〉"

# The short name, the year, the serial number; brackets of any kind or none, but a year is always four digits.
# Sample: 云政办〔2020〕2 号, 云办发〔20245号, 中发202133号, 云溪区府办发〔202026, 云政辦發[2019]56號
_NUMBER = re.compile(
    rf"(?P<body>[㐀-鿿豈-﫿][㐀-鿿豈-﫿A-Za-z·]{{0,18}}?)\s?(?:字\s?)?(?P<open>[{_OPEN}])?\s?"
    rf"(?P<year>(?:19|20)\d\d)\s?年?\s?(?P<close>[{_CLOSE}])?\s?第?\s?(?P<serial>\d{{1,4}})\s?(?P<end>[号號])?"
)

# Without a year there is no number; most lines are passed over by this alone. Sample: 2022
_YEAR = re.compile(r"(?:19|20)\d\d")

# Words that say there is no number. Sample: 无, 无编号, —
_NONE = re.compile(r"(?:无(?:文号|编号|字号)?|無|暂无|没有|[-—/\\]+)")

# Words that a number never begins with: dates and titles that look like one. Sample: 截至2022年12
_NO_BODY = re.compile(r"(?:.*(?:年|月|日|至|到|自|从|于|第|共|版|度|期)|[公農农]历)")


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A number as it should read, and where it stands in the text it was found in."""

    value: str
    span: Span


def find_number(text: str) -> DocumentNumber | None:
    """The first document number in `text`, repaired.

    A number needs at least two of its three marks (a bracket before the year, one behind it, 号), or none of
    the brackets but nothing else on its line.

    Example:
        >>> [find_number(number).value for number in ("云办发〔20245号", "云政办發[2018] 7 號")]
        ['云办发〔2024〕5号', '云政办发〔2018〕7号']
        >>> find_number("2022年12月29日") is None
        True
    """
    if _YEAR.search(text) is None:
        return None
    alone = text.strip()
    for found in _NUMBER.finditer(text):
        marks = sum(found.group(name) is not None for name in ("open", "close", "end"))
        whole = found.group().strip() == alone
        if (marks < 2 and not (whole and marks)) or _NO_BODY.fullmatch(found.group("body")):
            continue
        serial = str(int(found.group("serial")))
        body = "".join(found.group("body").split()).replace("發", "发").replace("辦", "办")
        return DocumentNumber(f"{body}〔{found.group('year')}〕{serial}号", Span(*found.span()))
    return None


def number_of_entry(value: str) -> str:
    """The number that a metadata table gives: repaired, or as printed, or empty where it says "none".

    Example:
        >>> number_of_entry("YXGS—2017—9 / 云府〔2017〕46号"), number_of_entry("无"), number_of_entry("第7号")
        ('云府〔2017〕46号', '', '第7号')
    """
    value = " ".join(value.split())
    if _NONE.fullmatch(value):
        return ""
    found = find_number(value)
    return found.value if found else value
