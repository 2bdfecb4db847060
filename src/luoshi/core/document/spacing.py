"""White space and invisible characters of one piece of text.

Web copies and typesetting leave spaces inside words ("法治 思想"). They carry no meaning in Chinese and break
names apart, so they go; spaces that part two things (columns, Latin words, a heading from its text) stay.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# Ideographs and the punctuation that belongs to them: no space is ever written between two of these.
CJK = "㐀-䶿一-鿿豈-﫿々〇"
CJK_POINT = "，。、；：？！“”‘’《》〈〉「」『』（）〔〕【】…—"

# One Chinese character.
_CJK_CHAR = re.compile(f"[{CJK}]")
# Anything that makes the slow path necessary. Sample: a tab, a no-break space, a zero-width joiner.
SUSPECT = re.compile(
    r"[\s\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffc]"
)
# Characters that show nothing and mean nothing. Sample: zero width space.
INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffc]"
)
# A stretch of white space and invisible characters.
_GAP = re.compile(rf"{SUSPECT.pattern}+")
# The number of a chapter or an article that opens a line; a blank parts it from its words. Sample: 第一条
_ORDINAL = re.compile(r"\s*第[〇零一二三四五六七八九十百\d]{1,4}[章节条编]\s*$")
# A line with fewer stretches of white space is no flattened table.
_BORDERS = 2
# Spaces by which several bodies are listed. Sample: 市教育局 市财政局
BODY_END = re.compile(r"[局委办部厅院府会处所社团心室站校镇乡区县市旗道位]$")
# What the name behind such a space begins with.
BODY_START = re.compile("[省市州盟区县旗镇乡村各]")


def is_plain(text: str) -> bool:
    """Whether `text` holds no white space and nothing invisible, as most lines: none of `SUSPECT`."""
    if " " in text:
        return False
    # Nearly all else of that is not printable, which is quicker to see than the pattern; U+FFFC is.
    return (text.isprintable() and "\ufffc" not in text) or SUSPECT.search(text) is None


class Kept(NamedTuple):
    """A part of the original that stays: characters `start` to `end`; `space` puts one blank before it."""

    start: int
    end: int
    space: bool = False


class Respaced(NamedTuple):
    """The parts that stay, and for each stray space the index of the part that follows it."""

    parts: tuple[Kept, ...]
    stray: tuple[int, ...] = ()


def respace(text: str) -> Respaced:
    """Which parts of `text` stay once meaningless white space is gone.

    Example:
        >>> r = respace(" 学习法治 思想, 认真 ")
        >>> "".join((" " if p.space else "") + " 学习法治 思想, 认真 "[p.start:p.end] for p in r.parts)
        '学习法治思想,认真'
    """
    parts: list[Kept] = []
    stray: list[int] = []
    gaps = _GAP.findall(text)
    cells = len(gaps) >= _BORDERS and _is_flattened_table(text)
    at = 0
    blank = ""
    for gap in gaps:
        start = text.index(gap, at)
        if start > at:
            _keep(text, at, start, blank, cells, parts, stray)
            blank = ""
        blank += gap if gap.isspace() else INVISIBLE.sub("", gap)
        at = start + len(gap)
    if at < len(text):
        _keep(text, at, len(text), blank, cells, parts, stray)
    return Respaced(tuple(parts), tuple(stray))


def _keep(
    text: str, start: int, end: int, blank: str, cells: bool, parts: list[Kept], stray: list[int]
) -> None:
    """Keep a part; decide whether the blank before it stays."""
    if not parts or not blank:
        parts.append(Kept(start, end))
        return
    before, after = text[parts[-1].end - 1], text[start]
    if cells or _parts_two_things(text, before, after, start, blank):
        parts.append(Kept(start, end, space=True))
        return
    if blank == " " or (_is_cjk(before) and _is_cjk(after)):
        stray.append(len(parts))
    parts.append(Kept(start, end))


def _parts_two_things(text: str, before: str, after: str, start: int, blank: str) -> bool:
    if before in CJK_POINT or after in CJK_POINT:
        # "。 （二）" keeps its blank: a run-on item may begin there.
        return before in "。；！？）】〕" and after in "（【〔《“「"
    if _is_cjk(before) and _is_cjk(after):
        if before in "章节条编" and _ORDINAL.match(text, 0, start):
            return True
        if len(blank) > 1 or blank == "　":
            return True
        return BODY_END.match(before) is not None and BODY_START.match(text, start) is not None
    # "处理机制, 加强": half-width points are followed by no blank in Chinese.
    return not (before in ",;:.、(（<〔[" and _is_cjk(after)) and not (_is_cjk(before) and after in ",;:)）")


def _is_cjk(char: str) -> bool:
    return "一" <= char <= "鿿" or _CJK_CHAR.match(char) is not None


# The words of a table's head that survive when a table is flattened to one line. Sample: 牵头部门 承办部门
_HEAD_WORDS = frozenset(
    [
        "序号",
        "项目",
        "项目内容",
        "工作任务",
        "任务",
        "主要内容",
        "主管",
        "部门",
        "牵头部门",
        "牵头单位",
        "责任部门",
        "责任单位",
        "承办部门",
        "配合单位",
        "配合部门",
        "责任人",
        "完成时限",
        "时限要求",
        "进度安排",
    ]
)


def _is_flattened_table(text: str) -> bool:
    return sum(word in _HEAD_WORDS for word in text.split()) >= 3
