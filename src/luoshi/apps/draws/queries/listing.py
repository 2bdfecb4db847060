"""Lists: the candidates of a draw, and the draws that the public knows of."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from luoshi.apps.draws.models import Candidate, Draw
from luoshi.core.mechanism.drawing import Drawing

SORTS = {"key": ("pool", "key"), "stratum": ("pool", "stratum", "key"), "name": ("pool", "name", "key")}


def candidates(
    draw: Draw, *, text: str = "", pool: str = "", eligible: str = "", sort: str = "stratum"
) -> QuerySet[Candidate]:
    """The frozen list, narrowed.

    Args:
        text: words that all stand in code, name or stratum.
        eligible: `yes` or `no`.
    """
    rows = draw.candidates.all()
    for word in text.split():
        rows = rows.filter(Q(key__icontains=word) | Q(name__icontains=word) | Q(stratum__icontains=word))
    if pool:
        rows = rows.filter(pool=pool)
    if eligible:
        rows = rows.filter(eligible=eligible == "yes")
    return rows.order_by(*SORTS[sort])


def seen_outside(rows: QuerySet[Candidate], drawing: Drawing, draw: Draw) -> QuerySet[Candidate]:
    """What the public sees of the list: pools published with the commitment; all once it was opened."""
    if draw.opened:
        return rows
    return rows.filter(pool__in=[pool.key for pool in drawing.pools if pool.listed])


def announced(*, text: str = "", stage: str = "", region: str = "") -> QuerySet[Draw]:
    """The draws that the public knows of, the newest commitment first."""
    rows = Draw.objects.exclude(commitment="")
    for word in text.split():
        rows = rows.filter(Q(purpose__icontains=word) | Q(commitment__istartswith=word))
    if stage:
        rows = rows.filter(stage=stage)
    if region:
        rows = rows.filter(entry__region=region)
    return rows.select_related("entry__holder", "entry__region").order_by("-committed_at", "-pk")


def counted(draw: Draw) -> dict[str, tuple[int, int]]:
    """Of each stratum how many are listed, and how many of them can be drawn."""
    rows = draw.candidates.order_by().values("stratum")
    found = rows.annotate(all=Count("pk"), fit=Count("pk", filter=Q(eligible=True)))
    return {one["stratum"]: (one["all"], one["fit"]) for one in found}


def left_out(draw: Draw) -> list[tuple[list[str], int]]:
    """Why candidates were left out, and how many for each reason."""
    found: dict[str, int] = {}
    for reasons in draw.candidates.filter(eligible=False).order_by().values_list("kept_out", flat=True):
        for one in reasons:
            found[one] = found.get(one, 0) + 1
    most = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return [([words], number) for words, number in most]
