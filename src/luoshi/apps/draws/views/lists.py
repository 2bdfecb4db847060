"""A frozen list on a page, for people at work and for the public."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from luoshi.apps.draws.forms import CandidateFilter
from luoshi.apps.draws.models import Candidate, Draw
from luoshi.apps.interface.lists import list_response, page_of
from luoshi.apps.interface.sheets import sheet_response, wants_sheet
from luoshi.core.mechanism.drawing import Drawing


def candidate_list(
    request: HttpRequest,
    draw: Draw,
    drawing: Drawing,
    form: CandidateFilter,
    rows: QuerySet[Candidate],
    about: dict[str, Any],
) -> HttpResponse:
    """The list, its results only, or its workbook."""
    if wants_sheet(request):
        columns = ((_("分层"), 24), (_("代码"), 28), (_("名称"), 36), (_("不能抽取的理由"), 40))
        lines = ([one.stratum, one.key, one.name, "；".join(one.kept_out)] for one in rows)
        return sheet_response(draw.purpose, columns, lines)
    context = {**about, "draw": draw, "drawing": drawing, "form": form, "page": page_of(request, rows)}
    return list_response(request, "draws/list.html", "draws/partials/candidates.html", context)
