"""The text as the grammar sees it: simplified characters, one form of each point, no glosses.

The grammar is written once, in simplified characters with half-width points. A `Reading` shows it any text in
that form and leads every match back to the characters that really stand there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from luoshi.core.plan.variants import TRADITIONAL
from luoshi.core.source import Span

# Points and brackets in the form that the grammar uses.
_POINTS = {
    "，": ",", "：": ":", "；": ";", "（": "(", "）": ")", "［": "[", "］": "]", "〔": "[", "〕": "]",
    "【": "[", "】": "]", "．": ".", "％": "%", "﹪": "%", "「": "“", "」": "”", "『": "“", "』": "”",
    "〈": "<", "〉": ">", "＜": "<", "＞": ">", "·": "·", "・": "·", "•": "·", "﹑": "、", "､": "、",
    "～": "~", "—": "-", "–": "-", "－": "-", "＋": "+", "／": "/", "｜": "|", "　": " ", "＊": "*",
}  # fmt: skip
_DIGITS = {chr(0xFF10 + i): str(i) for i in range(10)}
_LETTERS = {chr(0xFF21 + i): chr(0x41 + i) for i in range(26)} | {
    chr(0xFF41 + i): chr(0x61 + i) for i in range(26)
}
_FORMS = _POINTS | _DIGITS | _LETTERS | TRADITIONAL
# Any of them. Sample: ， or 責
_FORM = re.compile("[" + re.escape("".join(_FORMS)) + "]")

# A pronunciation that a converter has written behind a character. Sample: (yōu) in 優(yōu)化
GLOSS = re.compile(r"\((?<=[一-鿿]\()[a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜüńňǹḿ]{1,7}\)")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text in the form that the grammar reads.

    Attributes:
        text: the text itself.
        view: the same in simplified characters and half-width points, without glosses.
        gaps: for each gloss left out, (position in `view` behind which it stood, characters left out so far).
    """

    text: str
    view: str
    gaps: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(cls, text: str) -> Reading:
        """The reading of a text.

        Example:
            >>> r = Reading.of("優(yōu)化營商環(huán)境（試行）")
            >>> r.view, r.span(0, 2).of(r.text)
            ('优化营商环境(试行)', '優(yōu)化')
        """
        view = text
        # A text holds few of the hundreds of forms: replacing those is quicker than a look at each character.
        for char in set(_FORM.findall(text)):
            view = view.replace(char, _FORMS[char])
        if GLOSS.search(view) is None:
            return cls(text, view)
        parts: list[str] = []
        gaps: list[tuple[int, int]] = []
        at = kept = 0
        for gloss in GLOSS.finditer(view):
            parts.append(view[at : gloss.start()])
            kept += gloss.start() - at
            at = gloss.end()
            gaps.append((kept, at - kept))
        parts.append(view[at:])
        return cls(text, "".join(parts), tuple(gaps))

    def back(self, index: int) -> int:
        """Where the character `index` of the view stands in the text."""
        if not self.gaps:
            return index
        low, high = 0, len(self.gaps)
        while low < high:
            middle = (low + high) // 2
            if self.gaps[middle][0] <= index:
                low = middle + 1
            else:
                high = middle
        return index + (self.gaps[low - 1][1] if low else 0)

    def forth(self, index: int) -> int:
        """Where the character `index` of the text stands in the view (the next one, for a gloss)."""
        if not self.gaps:
            return index
        at = 0
        for position, left_out in self.gaps:
            if position + left_out > index:
                break
            at = left_out
        return index - at

    def span(self, start: int, end: int) -> Span:
        """The span of the text that the characters `start` to `end` of the view stand for."""
        if not self.gaps:
            return Span(start, end if end > start else start)
        if start >= end:
            return Span(self.back(start), self.back(start))
        # Counting back from `end` takes in a gloss behind the last character: 區(qū) is printed as one.
        return Span(self.back(start), self.back(end))
