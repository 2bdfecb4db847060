"""A document becomes a plan.

The steps, each a page of its own: see the text in one form (`reading`), find its numbers (`outline`), find
where bodies are assigned (`assignment`, `roles`, `bodies`), decide which stretches are tasks (`items`,
`tables`), and read in each what it asks for (`values`, `targets`, `deadlines`, `wording`). What was damaged
or doubtful becomes findings (`damage`, `doubts`).
"""

from __future__ import annotations

from dataclasses import replace

from luoshi.core.document.model import Document, Table
from luoshi.core.plan.assembly import assemble, name_tasks
from luoshi.core.plan.assignment import find_groups
from luoshi.core.plan.conventions import find_conventions, to_convention
from luoshi.core.plan.doubts import find_doubts
from luoshi.core.plan.flattened import flattened_rows, listed_cells
from luoshi.core.plan.items import Item, find_items
from luoshi.core.plan.metadata import read_metadata
from luoshi.core.plan.model import Metadata, Plan, Section
from luoshi.core.plan.outline import Node, build_outline
from luoshi.core.plan.prose import body_first
from luoshi.core.plan.reading import Reading
from luoshi.core.plan.tables import read_tables
from luoshi.core.plan.values import Values


def read_plan(document: Document) -> Plan:
    """The plan that a document holds; a document that assigns nothing gives a plan without tasks.

    Args:
        document: a document that has been read and cleaned.
    """
    metadata, conflicts = read_metadata(document)
    reading = Reading.of(document.text)
    values = Values.of(reading, metadata)
    rulings = find_conventions(reading.view)
    tables, paragraphs = _layout(reading, document)
    table_sections, table_tasks = read_tables(values, tables, rulings)
    elsewhere = any(task.leads or task.responsibles for task in table_tasks)
    nodes, items = _items(reading, paragraphs, elsewhere=elsewhere)
    items = _behind_notice(reading, metadata, items)
    sections, of_node = _sections(reading, nodes, {item.node for item in items if item.own})
    tasks = [assemble(values, item, nodes, of_node, rulings) for item in items]
    in_order, ids = _in_order([*sections, *table_sections])
    plan = Plan(
        metadata=metadata,
        text=document.text,
        conventions=tuple(to_convention(reading, ruling) for ruling in rulings),
        sections=tuple(in_order),
        tasks=tuple(name_tasks([*tasks, *table_tasks], ids)),
        findings=(),
    )
    doubts = find_doubts(reading, document, plan, nodes)
    return replace(plan, findings=(*conflicts, *values.notes, *doubts))


def _items(
    reading: Reading, paragraphs: list[tuple[int, int]], *, elsewhere: bool
) -> tuple[list[Node], list[Item]]:
    """The outline and the tasks that stand in paragraphs; `elsewhere` says that tables assign bodies."""
    view = reading.view
    nodes = build_outline(view, paragraphs)
    groups = (
        find_groups(view, paragraphs, [node.start for node in nodes])
        or listed_cells(view, paragraphs)
        or body_first(view, paragraphs)
    )
    if not groups:
        # Articles that assign nobody are those of a law, not tasks.
        nodes = build_outline(view, paragraphs, without=frozenset({"article"}))
    nodes, items = find_items(view, nodes, groups, paragraphs, elsewhere=elsewhere)
    if groups:
        return nodes, items
    rows = flattened_rows(view, paragraphs)
    # A number before a flattened table is the chapter of its rows.
    apart = [one for one in items if not any(one.start <= row.start < one.end for row in rows)]
    return nodes, [*apart, *rows]


def _behind_notice(reading: Reading, metadata: Metadata, items: list[Item]) -> list[Item]:
    """The items without those of a covering notice: what stands before the title of an attached plan."""
    title = metadata.spans.get("title")
    floor = reading.forth(title.end) if title is not None else 0
    if any(item.group is not None and item.start >= floor for item in items):
        return [item for item in items if item.start >= floor or item.group is not None]
    return items


def _layout(reading: Reading, document: Document) -> tuple[list[Table], list[tuple[int, int]]]:
    tables = [block for block in document.blocks if isinstance(block, Table)]
    spans = [block.span for block in document.blocks if not isinstance(block, Table)]
    if not reading.gaps:
        return tables, [(span.start, span.end) for span in spans]
    return tables, [(reading.forth(span.start), reading.forth(span.end)) for span in spans]


def _sections(
    reading: Reading, nodes: list[Node], own: set[int | None]
) -> tuple[list[Section], dict[int, str]]:
    """The headings above the tasks, and the section that each number of the outline is or belongs to."""
    sections: list[Section] = []
    of_node: dict[int, str] = {}
    level: dict[str, int] = {}
    for index, node in enumerate(nodes):
        parent = of_node.get(node.parent) if node.parent is not None else None
        if index in own or not (node.children or node.parent is None):
            if parent is not None:
                of_node[index] = parent
            continue
        key = f"s{len(sections) + 1}"
        level[key] = level[parent] + 1 if parent else 1
        start, end = _heading(reading.view, node)
        words = reading.span(node.text_start, end).of(reading.text).strip(" *")
        sections.append(Section(key, node.mark.printed, words, level[key], parent, reading.span(start, end)))
        of_node[index] = key
    return sections, of_node


def _in_order(sections: list[Section]) -> tuple[list[Section], dict[str, str]]:
    """Headings in text order with ids counted in that order, and the new id of each old one."""
    ordered = sorted(sections, key=lambda section: section.span)
    ids = {section.id: f"s{place}" for place, section in enumerate(ordered, 1)}
    return [replace(s, id=ids[s.id], parent=ids[s.parent] if s.parent else None) for s in ordered], ids


def _heading(view: str, node: Node) -> tuple[int, int]:
    """Where a heading stands: to the end of its line, its first sentence, or the first number below it."""
    ends = [node.end]
    for point in ("\n", "。"):
        found = view.find(point, node.text_start, node.end)
        if found >= 0:
            ends.append(found)
    end = min(ends)
    while end > node.text_start and view[end - 1] in " *\n":
        end -= 1
    return node.start, max(end, node.text_start)
