"""The numbered outline of a text: which number opens what, and what lies under it.

Numbers are found at line starts and, where a copy has lost its line breaks, inside lines. A number inside
a line counts only if it goes on an open list or opens the next level; "(1)" or "①" inside a sentence is
an enumeration and counts only if bodies stand behind it (see `luoshi.core.plan.read`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from luoshi.core.document.marks import NUMERAL, STYLES, Mark, line_mark, number_value

# Depth of each style of number; the usual order of official documents.
RANK = {
    "chapter": 0.0,
    "article": 0.5,
    "cjk": 1.0,
    "cjk-bracket": 2.0,
    "arabic": 3.0,
    "arabic-dotted": 3.2,
    "arabic-half-bracket": 3.5,
    "arabic-bracket": 4.0,
    "circled": 5.0,
    "yishi": 6.0,
}
# Enumerations in prose: inside a line they open no item of their own unless bodies stand behind them.
ENUMERATIONS = ("arabic-bracket", "arabic-half-bracket", "circled", "yishi")

# Where a number inside a line can begin: signs that are quick to look for. Sample: (, 12., 三、
# (One class of first characters is much quicker to look for than several patterns.)
_SIGN = re.compile(
    rf"[(①-⑳0-9{NUMERAL}](?:(?<=[(①-⑳])|[0-9]{{0,2}}\s?[.、]|(?<=[{NUMERAL}])[{NUMERAL}]{{0,3}}\s?、)"
)
_INLINE_STYLES = [
    (s, p) for s, p in STYLES if s in ("cjk", "cjk-bracket", "arabic", "arabic-bracket", "circled")
]
# A number inside a line; what it stands behind is looked at afterwards. Sample: (二)
INLINE_MARK = re.compile("|".join(f"(?P<{s.replace('-', '_')}>{p})" for s, p in _INLINE_STYLES))
# What it can stand behind at all: the end of a sentence, a bracket, a colon, a blank, a heading's last word.
_BEFORE_MARK = re.compile(r"[。;!?)\]”:\s*|、>一-鿿]")
# What can follow a number: words, an opening bracket, a year, a month. Sample: 2022年
_WORDS = re.compile(r"[一-鿿“《*<(\[A-Za-z]|\d{2,4}年|\d{1,2}月")
# A point of a sentence: a heading has none.
_POINT = re.compile("[,。;:]")
# What an inline number must stand behind. Sample: 。 or )
_AFTER_SENTENCE = "。;!?)]”: \t*|>"


@dataclass(slots=True)
class Node:
    """A number of the outline and the text that is its own (up to the next number).

    `start` is where the number stands, `text_start` where the words behind it begin, `end` where the next
    number begins; all are characters of the reading's view. `inline` says it stands inside a line.
    """

    mark: Mark
    start: int
    text_start: int
    end: int
    rank: float
    inline: bool
    parent: int | None = None
    children: list[int] = field(default_factory=list)


def build_outline(
    view: str, paragraphs: list[tuple[int, int]], *, without: frozenset[str] = frozenset()
) -> list[Node]:
    """All numbers of the given paragraphs as a tree, in text order.

    Args:
        view: the reading's view.
        paragraphs: their start and end characters, in order, tables left out.
        without: styles of numbers at line starts that count as words.
    """
    nodes: list[Node] = []
    stack: list[int] = []
    limit = paragraphs[-1][1] if paragraphs else 0
    inside = _inline_candidates(view)
    for start, end in paragraphs:
        mark = line_mark(view, start)
        at = start + 1
        if mark is not None and mark.style not in without:
            _push(nodes, stack, _node(mark, inline=False))
            at = nodes[-1].text_start
        while inside and inside[-1].start() < end:
            found = inside.pop()
            if found.start() < at:
                continue
            inline = _inline_mark(found)
            if _continues(view, nodes, stack, inline, start):
                _push(nodes, stack, _node(inline, inline=True))
    for index, node in enumerate(nodes):
        node.end = nodes[index + 1].start if index + 1 < len(nodes) else limit
    return nodes


def _inline_candidates(view: str) -> list[re.Match[str]]:
    """What may be numbers inside lines, last first, so that they can be taken off as the lines go by."""
    marks = [
        mark
        for sign in _SIGN.finditer(view, 1)
        if _BEFORE_MARK.match(view, sign.start() - 1) and (mark := INLINE_MARK.match(view, sign.start()))
    ]
    return marks[::-1]


def _node(mark: Mark, *, inline: bool) -> Node:
    return Node(mark, mark.start, mark.end, mark.end, RANK[mark.style], inline)


def _inline_mark(found: re.Match[str]) -> Mark:
    style = (found.lastgroup or "").replace("_", "-")
    number = found.group((found.lastindex or 0) + 1)
    printed = found.group().strip().rstrip("、.． ")
    return Mark(style, printed, number_value(number), found.start(), found.end())


def _push(nodes: list[Node], stack: list[int], node: Node) -> None:
    node.rank = _nested_rank(nodes, stack, node)
    while stack and nodes[stack[-1]].rank >= node.rank:
        stack.pop()
    if stack:
        node.parent = stack[-1]
        nodes[stack[-1]].children.append(len(nodes))
    stack.append(len(nodes))
    nodes.append(node)


def _nested_rank(nodes: list[Node], stack: list[int], node: Node) -> float:
    """The node's rank, half a step deeper if it belongs to a list inside an item of the same look.

    "1. 事项 1. 报到 2. 登记 2. 机构": the second 1 opens a list inside the first.
    """
    if not stack:
        return node.rank
    top = nodes[stack[-1]]
    if top.mark.style != node.mark.style:
        return node.rank
    if top.rank == node.rank and node.inline and node.mark.value == 1:
        return node.rank + 0.25
    if top.rank > node.rank and node.mark.value == top.mark.value + 1:
        return top.rank
    return node.rank


def _continues(view: str, nodes: list[Node], stack: list[int], mark: Mark, line: int) -> bool:
    """Whether a number inside a line is the next of an open list, or opens the next level."""
    at = mark.start
    before = view[at - 1]
    clean_break = before in _AFTER_SENTENCE or view.startswith("**", mark.end + 1)
    if not clean_break and not (_heading_run(view, nodes, stack, at, line) and mark.style == "cjk-bracket"):
        return False
    if mark.style == "arabic" and not _starts_words(view, mark.end):
        return False
    same = next((nodes[i] for i in reversed(stack) if nodes[i].mark.style == mark.style), None)
    if same is not None:
        return (
            mark.value == same.mark.value + 1
            or (mark.value == 1 and nodes[stack[-1]] is same and before in " \t:*")
            or any(nodes[i].mark.style == mark.style and nodes[i].mark.value + 1 == mark.value for i in stack)
        )
    if stack and RANK[mark.style] <= nodes[stack[-1]].rank:
        # A level above the open ones that was never seen: only a fresh list may begin so.
        return mark.style == "cjk" and mark.value == 1 and before in "。 "
    if mark.value == 1:
        return True
    # "三、… (九)": the text begins in the middle of a list; a blank or a heading parts the two.
    return before in " \t" and mark.style in ("cjk-bracket", "arabic") and _seen_none(nodes, mark.style)


def _seen_none(nodes: list[Node], style: str) -> bool:
    return all(node.mark.style != style for node in nodes)


def _heading_run(view: str, nodes: list[Node], stack: list[int], at: int, line: int) -> bool:
    """Whether only a heading without points stands between the last number and here."""
    start = nodes[stack[-1]].text_start if stack else line
    words = view[max(start, line) : at]
    return 2 <= len(words) <= 40 and _POINT.search(words) is None


def _starts_words(view: str, at: int) -> bool:
    return _WORDS.match(view[at : at + 6].lstrip()) is not None
