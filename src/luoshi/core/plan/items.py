"""Which stretches of a text are tasks: the outline's numbers, the groups of bodies, and what lies between."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from luoshi.core.plan import grammar_items as g
from luoshi.core.plan.outline import Node
from luoshi.core.plan.ownership import attach
from luoshi.core.plan.roles import Group


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


# A point of a sentence; an end of a sentence's part. Sample: 。
_POINT, _STOP = re.compile("[,。;:]"), re.compile("[,。;]")
# A number that is to be reached, perhaps.
_DIGIT = re.compile(r"\d")


def find_items(
    view: str,
    nodes: list[Node],
    groups: list[Group],
    paragraphs: list[tuple[int, int]],
    *,
    elsewhere: bool = False,
) -> tuple[list[Node], list[Item]]:
    """The outline without mere enumerations, and the tasks of a text, in order.

    A task is a stretch that ends with a group of bodies, or a leaf of the outline. Where a plan assigns
    bodies, leaves of its aims, principles and closing chapters are none.

    Args:
        view: the reading's view.
        nodes: the outline.
        groups: where bodies are assigned.
        paragraphs: start and end characters of each.
        elsewhere: the tables of the document assign bodies; then numbered words without any are no tasks.
    """
    nodes, by_node = attach(nodes, groups)
    loose = _loose_items(view, nodes, by_node.pop(None, []), paragraphs)
    items = list(loose)
    assigning = bool(groups)
    for index, node in enumerate(nodes):
        mine = by_node.get(index, [])
        if mine:
            items += _clauses(view, nodes, index, mine)
        elif (assigning or not elsewhere) and _is_free_leaf(view, nodes, index, by_node, assigning=assigning):
            end = _text_end(view, node.text_start, node.end)
            items.append(Item(node.start, node.text_start, end, index, True, None, g.LEAF.key))
    return nodes, sorted(items, key=lambda item: item.start)


# --- items with bodies ---------------------------------------------------------------------------------


def _clauses(view: str, nodes: list[Node], index: int, groups: list[Group]) -> list[Item]:
    """The items of one number: each group of bodies answers for the words before it."""
    node = nodes[index]
    items: list[Item] = []
    start, words = node.start, node.text_start
    last = groups[-1]
    if all(group.prose for group in groups):
        # A sentence that assigns is part of the task; several in one item assign it together.
        end = _text_end(view, node.text_start, node.end)
        return [Item(node.start, node.text_start, end, index, True, _together(groups), g.PROSE.key)]
    for group in groups:
        if group.prose:
            continue
        same_line = not items or (
            "\n" not in view[start : group.start].strip("\n") and view[start - 1 : start] != "\n"
        )
        items.append(Item(start, words, group.end, index, not items or same_line, group, g.BODIES.key))
        start = words = _next_words(view, group.end)
    end = _labels_behind(view, last.end, node.end)
    items[-1].end = end
    _announced(view, items, index, end, node.end)
    return items


def _before_first(nodes: list[Node], view: str) -> int:
    return nodes[0].start if nodes else len(view)


def _labels_behind(view: str, start: int, end: int, line: re.Pattern[str] | None = None) -> int:
    """Where the labelled lines behind the bodies (dates, persons, telephones) end."""
    line, announced = line or g.LABELLED_LINE.pattern, g.ANNOUNCED.pattern
    if (words := g.LABELLED_WORDS.pattern.match(view, start, end)) is not None:
        start = words.end()
    while (found := line.match(view, start, end)) and not announced.match(view, start, end):
        start = found.end()
    return start


def _together(groups: list[Group]) -> Group:
    first = groups[0]
    return Group(first.start, groups[-1].end, [a for one in groups for a in one.assigned], prose=True)


def _next_words(view: str, at: int) -> int:
    while at < len(view) and view[at] in " \n。;,」)":
        at += 1
    return at


def _announced(view: str, items: list[Item], index: int, at: int, end: int) -> None:
    """A list that is announced but not numbered ("具体措施:…") is an item of its own."""
    found = g.ANNOUNCED.pattern.match(view, at, end)
    if found and view[found.end() : end].strip():
        words = found.end()
        items.append(Item(words, words, _text_end(view, words, end), index, False, None, g.ANNOUNCED.key))


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
    last_slot = -1
    for position, group in enumerate(groups):
        slot = bisect_right(starts, group.start) - 1
        if slot == last_slot and not (group.prose or group.own_lines) and items[-1].group is not None:
            # No number could tell the clauses of such a paragraph apart: they are one task.
            items[-1].group, items[-1].end = _together([items[-1].group, group]), group.end
            floor = _next_words(view, group.end)
            continue
        last_slot = slot
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
        else:
            end = _labels_behind(view, end, _before_first(nodes, view), g.LOOSE_LABELS.pattern)
        items.append(Item(start, start, _text_end(view, start, end), None, False, group, g.UNNUMBERED.key))
        floor = _next_words(view, end)
    return items


def _is_short_heading(view: str, start: int, end: int) -> bool:
    return end - start <= 30 and _POINT.search(view, start, end) is None


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
    if any(g.GUIDING.pattern.match(_heading(view, nodes[i])) for i in [index, *above]):
        return False
    top = above[-1] if above else index
    if g.SAFEGUARDS.pattern.match(_heading(view, nodes[top])):
        return _any_below(nodes, top, by_node)
    # A first-level number without anything below it is a task where others of its look are leaves, too.
    return bool(above) or not any(n.children for n in nodes if n.rank == node.rank)


def _has_own_sentences(words: str) -> bool:
    # A chapter's heading may be followed by a sentence of aims with numbers; that is an item of its own.
    return _DIGIT.search(words) is not None and _STOP.search(words) is not None


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
