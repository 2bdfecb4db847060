"""A first quarter with every outcome: in time, late, overdue, returned."""

from __future__ import annotations

from luoshi.apps.bulletin.models import Bulletin
from luoshi.apps.bulletin.operations.writing import draft_bulletin
from luoshi.apps.work.models import Occurrence, Report
from luoshi.apps.work.operations.deciding import accept, send_back
from luoshi.apps.work.operations.reporting import open_report, save, submit
from tests.apps.work.factories import World, issued_plan, morning

COURT, SCHOOL, TOWN = "区人民法院", "区教育局", "青山镇"
COUNTED = morning(2026, 4, 8)


def report(world: World, one: Occurrence, name: str, at: object) -> Report:
    """A submitted report."""
    by = world.liaison(name)
    row = open_report(occurrence=one, by=by, at=at)  # type: ignore[arg-type]
    values = {"progress": f"{name}办了三场活动。", "share_done": "50"}
    saved = save(report=row, values=values, base=row.latest, by=by, at=at)  # type: ignore[arg-type]
    return submit(report=row, seen=saved.latest, by=by, at=at)  # type: ignore[arg-type]


def quarter() -> World:
    """The court in time and accepted, the school late, a town in time and returned, all others overdue."""
    world = issued_plan(until=morning(2026, 3, 17))
    at = morning(2026, 3, 20)
    done = report(world, world.occurrence(4, COURT), COURT, at)
    accept(report=done, seen=done.latest, by=world.office, at=at)
    report(world, world.occurrence(1, SCHOOL), SCHOOL, morning(2026, 4, 2))
    back = report(world, world.occurrence(1, TOWN), TOWN, at)
    send_back(report=back, reason="请补充数字。", by=world.office, at=at)
    return world


def drafted(world: World) -> Bulletin:
    """The bulletin of the quarter."""
    return draft_bulletin(plan=world.plan, period="2026Q1", by=world.office, at=COUNTED)
