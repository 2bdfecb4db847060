"""Texts of workbooks: strings in runs, and the characters that a spreadsheet writes in its own way."""

from __future__ import annotations

import re

from lxml import etree

from luoshi.core.document.ooxml import S

_TEXT = f"{S}t"
_RICH = f"{S}r"
# A character that XML or a spreadsheet cannot hold as it is. Sample: "_x000D_"
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def string_of(element: etree._Element) -> str:
    """The text of `si` or `is`: plain or in runs, without the phonetic reading."""
    parts: list[str] = []
    for child in element:
        if child.tag == _TEXT:
            parts.append(child.text or "")
        elif child.tag == _RICH:
            parts.append(child.findtext(_TEXT) or "")
    return plain("".join(parts))


def plain(text: str) -> str:
    """A text with the characters that it stands for.

    Example:
        >>> plain("甲_x000D_乙")
        '甲\\n乙'
    """
    if "_x" in text:
        text = _ESCAPED.sub(_unescaped, text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _unescaped(match: re.Match[str]) -> str:
    code = int(match.group(1), 16)
    return "" if 0xD800 <= code <= 0xDFFF else chr(code)
