"""Which stretches of a text are tasks: the outline's numbers, the groups of bodies, and what lies between."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from luoshi.core.plan.assignment import Group
from luoshi.core.plan.outline import ENUMERATIONS, Node


@dataclass(slots=True)
class Item:
    """A task's stretch of the view.

    `words` is where its words begin (behind the number), `end` where it ends, bodies included; `node` is the
    number it stands under and `own` whether it carries that number itself. `printed` is where a number stands
    that is none of the outline's (in a flattened table).
    """

    start: int
    words: int
    end: int
    node: int | None
    own: bool
    group: Group | None
    rule: str
    printed: tuple[int, int] | None = None


# Headings of chapters that state aims and principles; their items assign nothing. Sample: 指导思想
GUIDING = re.compile(
    r"^(?:总体(?:要求|思路|目标)|指导思想|基本原则|工作原则|主要原则|总体目标|主要目标|工作目标|目标任务|发展目标|基本思路|重要意义|指导思想和[^,。]{0,12}|现状|背景)"
)
# Headings of closing chapters on how the plan is to be carried out. Sample: 保障措施
SAFEGUARDS = re.compile(
    r"^(?:保障措施|组织(?:保障|实施|领导)|工作(?:要求|保障)|有关(?:要求|事项)|相关要求|实施保障|推进机制|附则|其他事项)"
)
# An unnumbered list that a label announces. Sample: 具体措施:
ANNOUNCED = re.compile(r"\s*(?:具体措施|主要措施|推进措施|工作措施|重点举措|具体任务)\s?:")


def find_items(
    view: str,
    nodes: list[Node],
    groups: list[Group],
    paragraphs: list[tuple[int, int]],
    *,
    elsewhere: bool = False,
) -> tuple[list[Node], list[Item]]:
    """The outline without mere enumerations, and the tasks of a text, in order.

    A task is a stretch that ends with a group of bodies, or a leaf of the outline. Where a plan assigns bodies,
    leaves of its aims, principles and closing chapters are none.

    Args:
        view: the reading's view.
        nodes: the outline.
        groups: where bodies are assigned.
        paragraphs: start and end characters of each.
        elsewhere: the tables of the document assign bodies; then numbered words without any are no tasks.
    """
    nodes, by_node = _attach(view, nodes, groups)
    loose = _loose_items(view, nodes, by_node.pop(None, []), paragraphs)
    items = list(loose)
    assigning = bool(groups)
    for index, node in enumerate(nodes):
        mine = by_node.get(index, [])
        if mine:
            items += _clauses(view, nodes, index, mine)
        elif (assigning or not elsewhere) and _is_free_leaf(view, nodes, index, by_node, assigning=assigning):
            items.append(
                Item(
                    node.start,
                    node.text_start,
                    _text_end(view, node.text_start, node.end),
                    index,
                    True,
                    None,
                    "item.leaf",
                )
            )
    return nodes, sorted(items, key=lambda item: item.start)


def _attach(
    view: str, nodes: list[Node], groups: list[Group]
) -> tuple[list[Node], dict[int | None, list[Group]]]:
    """Give each group to the number it stands under; drop enumerations in prose that no group needs."""
    owners = _owners(nodes, groups)
    needed = {owner for owner in owners if owner is not None}
    dropped = [
        i not in needed and n.inline and (n.mark.style in ENUMERATIONS or _is_nested(n))
        for i, n in enumerate(nodes)
    ]
    # One bodied enumeration keeps its sisters: the list as a whole is a list of tasks.
    for i, node in enumerate(nodes):
        if not dropped[i] or node.parent is None or _is_nested(node):
            continue
        sisters = [j for j in nodes[node.parent].children if nodes[j].mark.style == node.mark.style]
        if sum(j in needed for j in sisters) >= 2:
            dropped[i] = False
    if any(dropped):
        nodes = _without(nodes, dropped)
        owners = _owners(nodes, groups)
    having = {owner for owner in owners if owner is not None}
    inner = _styles_with_bodies_inside(nodes, having)
    owners = [_climb(nodes, having, inner, owner, group) for owner, group in zip(owners, groups, strict=True)]
    by_node: dict[int | None, list[Group]] = {}
    for owner, group in zip(owners, groups, strict=True):
        by_node.setdefault(owner, []).append(group)
    return nodes, by_node


def _is_nested(node: Node) -> bool:
    # A list inside an item of the same look stands a fraction of a level deeper.
    return node.rank % 0.5 != 0


def _owners(nodes: list[Node], groups: list[Group]) -> list[int | None]:
    starts = [node.start for node in nodes]
    owners: list[int | None] = []
    for group in groups:
        slot = bisect_right(starts, group.start) - 1
        owners.append(slot if slot >= 0 else None)
    return owners


def _without(nodes: list[Node], dropped: list[bool]) -> list[Node]:
    number = {}
    kept = []
    for i, node in enumerate(nodes):
        if not dropped[i]:
            number[i] = len(kept)
            kept.append(node)
    for i, node in enumerate(kept):
        parent = node.parent
        while parent is not None and dropped[parent]:
            parent = nodes[parent].parent
        node.parent = number[parent] if parent is not None else None
        node.end = kept[i + 1].start if i + 1 < len(kept) else nodes[-1].end
    for node in kept:
        node.children = []
    for i, node in enumerate(kept):
        if node.parent is not None:
            kept[node.parent].children.append(i)
    return kept


def _climb(
    nodes: list[Node], having: set[int], inner: set[str], owner: int | None, group: Group
) -> int | None:
    """One list of bodies behind several sub-items belongs to the item above them.

    That is so where only last sub-items ever carry a list, and it stands on lines of its own.
    """
    if owner is None or not group.own_lines:
        return owner
    parent = nodes[owner].parent
    if parent is None or nodes[owner].mark.style in inner:
        return owner
    sisters = nodes[parent].children
    if sisters[-1] != owner or len(sisters) < 2 or any(s in having for s in sisters[:-1]):
        return owner
    return parent


def _styles_with_bodies_inside(nodes: list[Node], having: set[int]) -> set[str]:
    """Styles of numbers of which some that is not the last of its list carries bodies."""
    return {
        nodes[i].mark.style
        for i in having
        if (parent := nodes[i].parent) is not None and nodes[parent].children[-1] != i
    }


# --- items with bodies ---------------------------------------------------------------------------------


def _clauses(view: str, nodes: list[Node], index: int, groups: list[Group]) -> list[Item]:
    """The items of one number: each group of bodies answers for the words before it."""
    node = nodes[index]
    items: list[Item] = []
    start, words = node.start, node.text_start
    last = groups[-1]
    appended = [g for g in groups if not g.prose]
    if not appended:
        # A sentence that assigns is part of the task; several in one item assign it together.
        end = _text_end(view, node.text_start, node.end)
        return [Item(node.start, node.text_start, end, index, True, _together(groups), "item.prose")]
    for group in groups:
        if group.prose:
            continue
        same_line = not items or (
            "\n" not in view[start : group.start].strip("\n") and view[start - 1 : start] != "\n"
        )
        items.append(Item(start, words, group.end, index, not items or same_line, group, "item.bodies"))
        start = words = _next_words(view, group.end)
    end = _labels_behind(view, last.end, node.end)
    items[-1].end = end
    _announced(view, items, index, end, node.end)
    return items


# A line of its own that a label opens. Sample: 时限要求:持续推进
_LABELLED_LINE = re.compile(r"\s*\n[\[(]?[一-鿿 ]{2,10}:[^\n]{0,80}(?=\n|$)")


def _labels_behind(view: str, start: int, end: int) -> int:
    """Where the labelled lines behind the bodies (dates, persons, telephones) end."""
    while (line := _LABELLED_LINE.match(view, start, end)) is not None and not ANNOUNCED.match(
        view, start, end
    ):
        start = line.end()
    return start


def _together(groups: list[Group]) -> Group:
    first = groups[0]
    return Group(first.start, groups[-1].end, [a for g in groups for a in g.assigned], prose=True)


def _next_words(view: str, at: int) -> int:
    while at < len(view) and view[at] in " \n。;,」)":
        at += 1
    return at


def _announced(view: str, items: list[Item], index: int, at: int, end: int) -> None:
    """A list that is announced but not numbered ("具体措施:…") is an item of its own."""
    found = ANNOUNCED.match(view, at, end)
    if found and view[found.end() : end].strip():
        items.append(
            Item(
                found.end(),
                found.end(),
                _text_end(view, found.end(), end),
                index,
                False,
                None,
                "item.announced",
            )
        )


def _text_end(view: str, start: int, end: int) -> int:
    while end > start and view[end - 1] in " \n":
        end -= 1
    return end


def _loose_items(
    view: str, nodes: list[Node], groups: list[Group], paragraphs: list[tuple[int, int]]
) -> list[Item]:
    """Items that stand before the first number, or in a text without any."""
    items: list[Item] = []
    starts = [start for start, _ in paragraphs]
    floor = 0
    for position, group in enumerate(groups):
        slot = bisect_right(starts, group.start) - 1
        start = max(starts[slot], floor)
        if group.own_lines and start == group.start and slot > 0:
            start = max(starts[slot - 1], floor)
            if slot > 1 and starts[slot - 2] >= floor and _is_short_heading(view, *paragraphs[slot - 2]):
                start = starts[slot - 2]
        end = group.end
        if group.prose:
            end = paragraphs[slot][1]
            if position + 1 < len(groups):
                end = min(end, groups[position + 1].start)
        items.append(Item(start, start, _text_end(view, start, end), None, False, group, "item.unnumbered"))
        floor = _next_words(view, end)
    return items


def _is_short_heading(view: str, start: int, end: int) -> bool:
    return end - start <= 30 and re.search(r"[,。;:]", view[start:end]) is None


# --- leaves without bodies -----------------------------------------------------------------------------


def _is_free_leaf(
    view: str, nodes: list[Node], index: int, by_node: dict[int | None, list[Group]], *, assigning: bool
) -> bool:
    node = nodes[index]
    words = view[node.text_start : node.end].strip()
    if not words:
        return False
    if node.children:
        return not assigning and _has_own_sentences(words)
    above = _ancestors(nodes, index)
    if any(i in by_node for i in above):
        return False
    if not assigning:
        return True
    if any(GUIDING.match(_heading(view, nodes[i])) for i in [index, *above]):
        return False
    top = above[-1] if above else index
    if SAFEGUARDS.match(_heading(view, nodes[top])):
        return _any_below(nodes, top, by_node)
    # A first-level number without anything below it is a task where others of its look are leaves, too.
    return bool(above) or not any(n.children for n in nodes if n.rank == node.rank)


def _has_own_sentences(words: str) -> bool:
    # A chapter's heading may be followed by a sentence of aims with numbers; that is an item of its own.
    return re.search(r"\d", words) is not None and re.search(r"[,。;]", words) is not None


def _heading(view: str, node: Node) -> str:
    return view[node.text_start : node.text_start + 20].strip(" *“")


def _ancestors(nodes: list[Node], index: int) -> list[int]:
    found = []
    parent = nodes[index].parent
    while parent is not None:
        found.append(parent)
        parent = nodes[parent].parent
    return found


def _any_below(nodes: list[Node], top: int, by_node: dict[int | None, list[Group]]) -> bool:
    pending = [top]
    while pending:
        index = pending.pop()
        if index in by_node:
            return True
        pending += nodes[index].children
    return False
