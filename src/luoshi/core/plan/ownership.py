"""Which number of the outline each group of bodies stands under."""

from __future__ import annotations

from bisect import bisect_right

from luoshi.core.plan.outline import ENUMERATIONS, Node
from luoshi.core.plan.roles import Group


def attach(nodes: list[Node], groups: list[Group]) -> tuple[list[Node], dict[int | None, list[Group]]]:
    """Give each group to the number it stands under; drop enumerations in prose that no group needs.

    Args:
        nodes: the outline.
        groups: where bodies are assigned.

    Returns:
        The outline without mere enumerations, and the groups of each of its numbers; those before the first
        number stand under None.
    """
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
    """The outline without some of its numbers; what stood under them goes to the number above."""
    number: dict[int, int] = {}
    kept: list[Node] = []
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
