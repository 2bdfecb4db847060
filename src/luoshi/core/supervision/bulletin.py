"""The text of a bulletin (通报): paragraphs with markers in whose place numbers and tables stand.

A number of a bulletin is never typed: `{逾期未报}` in the text stands for the number of rows that the list of
that name has, so that the two cannot differ.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from luoshi.core.errors import LuoshiError, Phrase
from luoshi.core.plan.titles import within_marks

Figure = Literal["asked", "in-time", "late", "overdue", "waiting", "returned"]
FIGURES: tuple[Figure, ...] = get_args(Figure)
NAMES: dict[Figure, Phrase] = {
    "asked": Phrase("应报送", "asked for"),
    "in-time": Phrase("按时报送", "in time"),
    "late": Phrase("逾期报送", "late"),
    "overdue": Phrase("逾期未报", "overdue"),
    "waiting": Phrase("未到期", "not due yet"),
    "returned": Phrase("退回修改", "returned"),
}

Table = Literal["bodies", "chapters", "practices", "missing"]
TABLES: dict[Table, Phrase] = {
    "bodies": Phrase("分单位表", "table by body"),
    "chapters": Phrase("分章节表", "table by chapter"),
    "practices": Phrase("典型做法", "good practice"),
    "missing": Phrase("未报单位", "bodies with overdue reports"),
}

COUNTS: dict[Figure | Table, Phrase] = {
    "asked": Phrase("本期到期的报送要求", "requests that fell due in the period"),
    "in-time": Phrase("到期日当天或以前提交", "submitted on the day or before"),
    "late": Phrase("到期日以后提交", "submitted after the day"),
    "overdue": Phrase("到期日已过，还没有提交", "the day is over, nothing was submitted"),
    "waiting": Phrase("统计时没有到期，也没有提交", "neither due nor submitted when counted"),
    "returned": Phrase("曾被办公室退回，后来重报的也算", "returned by the office at some time"),
    "bodies": Phrase("一行一个单位，按名称排列", "a row for each body, by name"),
    "chapters": Phrase("一行一章，按原文次序", "a row for each chapter, in the plan's order"),
    "practices": Phrase("选用的典型做法", "the good practice that was chosen"),
    "missing": Phrase("逾期未报的单位和项数", "bodies with overdue reports, and how many"),
}
"""What each number counts and each table lists."""

_FIGURE_OF = {phrase.zh: figure for figure, phrase in NAMES.items()}
_TABLE_OF = {phrase.zh: table for table, phrase in TABLES.items()}
# A marker. Samples: "{逾期未报}", "{分单位表}"
_MARKER = re.compile(r"\{([^{}\n]{1,12})\}")
# A heading of the first level, as GB/T 9704-2012 numbers it. Sample: "一、总体情况"
_FIRST = re.compile(r"[一二三四五六七八九十]{1,3}、")
# A heading of the second level. Samples: "（二）报送", "(三)审核"
_SECOND = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]")


class MarkerUnknown(LuoshiError):
    """Words in braces that stand for nothing."""

    code = "bulletin-marker-unknown"
    zh = "正文中的{marker}不是可用的数字或表格标记;可用的有:{known}。"
    en = "{marker} in the text stands for no number or table; these do: {known}."


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a table.

    Attributes:
        kind: `first` and `second` are headings, `text` a paragraph, everything else a table.
        parts: words, and figures where a number stands.
    """

    kind: Literal["first", "second", "text"] | Table
    parts: tuple[str | tuple[Figure], ...] = ()


def blocks(text: str) -> tuple[Block, ...]:
    """The paragraphs of a text, in order; empty lines only part them.

    Raises:
        MarkerUnknown: braces with other words.

    Example:
        >>> [block.kind for block in blocks("一、总体\\n应报{应报送}项。\\n{分单位表}")]
        ['first', 'text', 'bodies']
        >>> blocks("应报{应报送}项。")[0].parts
        ('应报', ('asked',), '项。')
    """
    return tuple(_block(line.strip()) for line in text.splitlines() if line.strip())


def marker(name: Figure | Table) -> str:
    """What stands in the text for a number or a table.

    Example:
        >>> marker("overdue")
        '{逾期未报}'
    """
    words = {str(figure): phrase for figure, phrase in NAMES.items()}
    words |= {str(table): phrase for table, phrase in TABLES.items()}
    return f"{{{words[name].zh}}}"


def draft(*, period: str, plan: str) -> str:
    """The text that a bulletin begins with.

    Example:
        >>> draft(period="2026年第一季度", plan="云溪区方案").splitlines()[0]
        '一、总体情况'
    """
    parts: tuple[Figure, ...] = ("in-time", "late", "overdue", "waiting")
    counted = "，".join(f"{NAMES[figure].zh}{marker(figure)}项" for figure in parts)
    total = (
        f"{period}，《{within_marks(plan)}》{NAMES['asked'].zh}{marker('asked')}项，其中{counted}；"
        f"办公室{NAMES['returned'].zh}{marker('returned')}项。"
    )
    return "\n".join(
        (
            "一、总体情况",
            total,
            "二、分章节情况",
            marker("chapters"),
            "三、分单位情况",
            marker("bodies"),
            "四、典型做法",
            marker("practices"),
            "五、需要补报的单位",
            marker("missing"),
            "六、下一步要求",
            "请尚未报送的单位尽快补报，确有困难的按规定申请延期；退回修改的请按意见补充后重报。",
        )
    )


def _block(line: str) -> Block:
    whole = _MARKER.fullmatch(line)
    if whole is not None and whole[1] in _TABLE_OF:
        return Block(_TABLE_OF[whole[1]])
    parts: list[str | tuple[Figure]] = []
    end = 0
    for found in _MARKER.finditer(line):
        figure = _FIGURE_OF.get(found[1])
        if figure is None:
            known = "、".join(f"{{{name}}}" for name in (*_FIGURE_OF, *_TABLE_OF))
            raise MarkerUnknown(marker=found[0], known=known)
        if line[end : found.start()]:
            parts.append(line[end : found.start()])
        parts.append((figure,))
        end = found.end()
    if line[end:]:
        parts.append(line[end:])
    if _FIRST.match(line):
        return Block("first", tuple(parts))
    return Block("second" if _SECOND.match(line) else "text", tuple(parts))
