"""Bodies against tasks, some bodies at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luoshi.apps.interface.lists import list_response, page_of
from luoshi.apps.interface.sheets import sheet_response, wants_sheet
from luoshi.apps.organization.access import requires
from luoshi.apps.plan.queries.overview import sections_of
from luoshi.apps.work.forms.showing import MatrixFilter
from luoshi.apps.work.queries.matrix import Block, Row, blocks, rows
from luoshi.apps.work.queries.plan_map import bodies_at_work
from luoshi.apps.work.templatetags.work_words import light_word
from luoshi.apps.work.views.opened import open_work
from luoshi.core.work.lights import Light

# Rows that are read at once; more are read as they come into view.
ROWS = 20
# What is laid out at once for printing.
WHOLE = 500


@requires("work.view")
@require_safe
def matrix(request: HttpRequest, plan: int) -> HttpResponse:
    """The matrix; `rows` in the address asks for further rows only."""
    opened, issue = open_work(request, plan)
    base = {"section": "plans", "tab": "work", "part": "matrix", "plan": opened, "issue": issue}
    if issue is None:
        return render(request, "work/not_issued.html", base)
    today, sections = timezone.localdate(), sections_of(plan)
    form = MatrixFilter(request.GET, sections=[one for one in sections if one.parent_id is None])
    chapters = blocks(plan, sections, _keys(request.GET, "fold"), _keys(request.GET, "open"))
    chosen = form.number("chapter")
    if chosen is not None:
        chapters = [block for block in chapters if block.key == chosen]
    found = bodies_at_work(plan)
    for word in form.wanted()["q"].split():
        found = found.filter(name__icontains=word)
    if wants_sheet(request):
        for block in chapters:
            block.folded = False
        return _sheet(chapters, rows(plan, list(found), chapters, today))
    page = page_of(request, found, WHOLE if "whole" in request.GET else ROWS)
    context = base | {
        "form": form,
        "page": page,
        "blocks": [(block, _toggled(request.GET, block)) for block in chapters],
        "columns": [(block, column) for block in chapters for column in _columns(block)],
        "rows": rows(plan, list(page), chapters, today),
        "tasks": sum(len(block.columns) for block in chapters),
    }
    if "rows" in request.GET:
        return render(request, "work/partials/matrix_rows.html", context)
    return list_response(request, "work/matrix.html", "work/partials/matrix_results.html", context)


def _columns(block: Block) -> Iterable[Any]:
    return [None] if block.folded else block.columns


def _keys(given: QueryDict, name: str) -> list[int]:
    return [int(value) for value in given.getlist(name) if value.isdecimal()]


def _toggled(given: QueryDict, block: Block) -> str:
    """The address, without its path, on which a chapter is folded when it is open and the other way round."""
    after = given.copy()
    for name in ("page", "rows"):
        after.pop(name, None)
    folded, opened = set(_keys(given, "fold")), set(_keys(given, "open"))
    folded, opened = folded - {block.key}, opened - {block.key}
    (opened if block.folded else folded).add(block.key)
    after.setlist("fold", sorted(map(str, folded)))
    after.setlist("open", sorted(map(str, opened)))
    return after.urlencode()


def _sheet(chapters: list[Block], found: list[Row]) -> HttpResponse:
    columns = [column for block in chapters for column in block.columns]
    headings = [
        (_("单位"), 28),
        *((light_word(light), 8) for light in Light),
        *((f"{column.number} {column.title}".strip(), 10) for column in columns),
    ]
    cells: Iterable[list[str | int | None]] = (
        [str(row.body), *_tally(row), *map(_cell, row.cells)] for row in found
    )
    return sheet_response(_("单位任务矩阵"), headings, cells)


def _tally(row: Row) -> list[int]:
    return [row.tally.count(light) for light in Light]


def _cell(cell: Any) -> str:
    if cell.light is None:
        return ""
    return f"{light_word(cell.light)}·{_('牵头')}" if cell.leads else light_word(cell.light)
