"""Which line ends are only the width of a page, and which end a paragraph.

Official texts reach us with hard line breaks inside sentences, inside names, and with page marks between two
halves of a word. The rules here join what can only belong together; where a new item, label or heading may
begin, the lines stay apart.
"""

from __future__ import annotations

import re
from functools import lru_cache

from luoshi.core.document.marks import BULLETS, LABEL, Mark

# What ends a sentence, with a closing quote or bracket behind it. Sample: 。”
SENTENCE_END = re.compile(r"[。！？!?；;：:…][”’」』）)】〕\]》]?$|[）)】〕\]]$|\.$")
# Punctuation that can never open a line. Sample: 、市公安局
NEVER_OPENS = re.compile(r"[、，,。；;：:！？!?）)】〕\]》〉”’」』%％]")
# Punctuation that can never close one. Sample: 区委宣传部、
NEVER_CLOSES = re.compile(r"[、，,（(《〈“‘「『〔\[【—]$")
# Prose has sentence points inside; headings and titles have none. Sample: 完善制度,落实责任
PROSE = re.compile(r"[，,。；;！？]")
# A label that opens a list of bodies. Sample: 牵头部门:
ROLE_LABEL = re.compile(
    r"[【\[（(〔]?\s?(?:第一)?(?:牵头|牽頭|责任|責任|主办|主辦|协办|協辦|配合|参加|參加|参与|承办|承辦|指导|指導|主责|主責|负责|負責|落实|落實|协同|協同)"
    r"[一-鿿及（(、/]{0,8}[）)]?\s?[:：]"
)
# Points of whole sentences, and of lists.
_WHOLE_SENTENCE, _LIST_POINT = re.compile("[。；;！？]"), re.compile("[、，,]")
# The last words of a document's title. Sample: 重点任务分解方案
TITLE_END = re.compile(
    r"(?:方案|计划|規劃|规划|意见|意見|通知|要点|要點|办法|辦法|决定|決定|举措|舉措|纲要|綱要|措施|清单|清單|分工|分解表|一览表|报告|报告书)(?:[（(].{1,12}[）)])?$"
)
# The number of a page alone on its line. Sample: — 3 —
PAGE_LINE = re.compile(
    r"(?:[—–－-]{1,2}\s?\d{1,4}\s?[—–－-]{1,2}|第\s?\d{1,4}\s?页(?:[\s,，/]*共\s?\d{1,4}\s?页)?)$"
)
# A date alone on its line, as under a signature. Sample: 2022年12月29日
DATE_LINE = re.compile(
    r"[\d〇○零一二三四五六七八九十]{1,4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日?$"
)

# The last characters of bodies' names: a short line is the rest of a list if it ends so. Sample: 道
_BODY_TAIL = re.compile(
    r"[局委办部院会厅署室处科所站队团社校馆台司道镇鎮乡鄉街村区區县縣市旗州盟门門组組构構园園行联聯协協心位关關府属屬业業]$"
)
# A line of so many characters or fewer may be the rest of a list.
_SHORT_REST = 8
# Round and square brackets; one that is open was opened within so many characters.
_BRACKET, _BRACKET_WITHIN = re.compile(r"[（(〔\[【）)〕\]】]"), 400
# A label ends within so many characters of a line.
_LABEL_WITHIN = 30


def _ends_sentence(text: str) -> bool:
    # What ends a line is its last characters only: a search from the start would cost its length.
    return SENTENCE_END.search(text[-4:]) is not None


def open_bracket(text: str) -> bool:
    """Whether `text` ends inside a round or square bracket that was opened in it.

    Example:
        >>> open_bracket("实施工程。(体育总")
        True
    """
    depth = 0
    for char in reversed(_BRACKET.findall(text, max(len(text) - _BRACKET_WITHIN, 0))):
        depth += 1 if char in "）)〕]】" else -1
        if depth < 0:
            return True
    return False


def is_heading(line: str) -> bool:
    """Whether a line can stand alone as a heading: short, and no sentence inside.

    Example:
        >>> is_heading("三、健全社会领域制度规范"), is_heading("1.加强领导,落实责")
        (True, False)
    """
    return len(line) <= 60 and PROSE.search(line) is None and not open_bracket(line)


def is_page_mark(before: str, mark: Mark, last_of_style: int | None) -> bool:
    """Whether a number that opens a line is left from a page break ("2、" in "个体工商⏎2、户").

    Args:
        before: the line before, already joined.
        mark: the number.
        last_of_style: value of the last true number of the same look, or None if there was none.
    """
    if mark.style != "arabic" or mark.value < 2 or not mark.comma:
        return False
    if not before or _ends_sentence(before) or is_heading(before):
        return False
    if ROLE_LABEL.match(before):
        return False
    return last_of_style is None or mark.value != last_of_style + 1


def goes_on(before: str, line: str, *, wrapped: bool, apart: bool = False) -> bool:
    """Whether `line`, which no number opens, is the rest of the line `before`.

    Args:
        before: the text so far, without the line end.
        line: the next line.
        wrapped: the reader saw that `before` fills the width of its page.
        apart: a blank line stands between the two, and blank lines mean something in this text.
    """
    if not before or not line or before.endswith("|") or _begins_something(line):
        return False
    if NEVER_OPENS.match(line):
        return True
    if ROLE_LABEL.match(before) and not open_bracket(before):
        return _is_rest_of_list(before, line)
    if NEVER_CLOSES.match(before[-1:]) or open_bracket(before):
        return True
    if _ends_sentence(before) or DATE_LINE.match(line) or TITLE_END.search(before[-30:]):
        return False
    if wrapped:
        return True
    if apart:
        return False
    return not is_heading(before) and PROSE.search(before) is not None


def _begins_something(line: str) -> bool:
    if line[0] in BULLETS:
        return True
    half, full = line.find(":", 0, _LABEL_WITHIN), line.find("：", 0, _LABEL_WITHIN)
    colon = min(half, full) if half >= 0 and full >= 0 else max(half, full)
    return colon >= 0 and _is_label(line[: colon + 1])


@lru_cache(maxsize=4096)
def _is_label(words: str) -> bool:
    """Whether the words before the first colon of a line, and it, are a label; labels come in dozens."""
    label = LABEL.match(words)
    return label is not None and (len(label.group("label")) <= 8 or ROLE_LABEL.match(words) is not None)


def _is_rest_of_list(before: str, line: str) -> bool:
    # A closing paragraph may stand right behind the last list: whole sentences are never part of a list.
    if _WHOLE_SENTENCE.search(line):
        return False
    if NEVER_CLOSES.match(before[-1:]) is not None or _LIST_POINT.search(line) is not None:
        return True
    return len(line) <= _SHORT_REST and _BODY_TAIL.search(line) is not None
