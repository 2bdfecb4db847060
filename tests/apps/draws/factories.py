"""A body that inspects, its rosters, and a round of inspection to be drawn for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User

from luoshi.apps.draws.models import Draw
from luoshi.apps.draws.operations.following import drawing_of
from luoshi.apps.draws.operations.preparing import prepare_draw
from luoshi.apps.draws.operations.running import answer_place, commit_draw, draw_places
from luoshi.apps.draws.queries.places import holders
from luoshi.apps.draws.queries.stages import result_of
from luoshi.apps.organization.models import Body, Region, Role
from luoshi.apps.register.models import Entry
from luoshi.apps.register.operations.taking import begin, take_step
from luoshi.core.credit_code import compose
from luoshi.core.draw.values import Answer
from luoshi.core.register.procedure import Actor

SHANGHAI = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 3, 2, 10, 0, tzinfo=SHANGHAI)
VALUE_ON = date(2026, 3, 4)
VALUE = "03 07 11 15 22 29 08"
SECRET = bytes(range(32))
KEY, MECHANISM = "selection", "random-inspection"


def on(day: int, hour: int = 10) -> datetime:
    """A moment in that March."""
    return datetime(2026, 3, day, hour, 0, tzinfo=SHANGHAI)


def code(number: int) -> str:
    """A credit code that nobody has."""
    return compose(authority="92", region="990102", number=f"MA{number:06d}")


@dataclass
class Rosters:
    """A region with rosters and people."""

    region: Region
    market: Body
    other: Body
    liaison: User
    head: User
    office: User
    viewer: User
    stranger: User
    item: Entry
    objects: list[Entry]
    staff: list[Entry]


def make_rosters(objects: int = 8, staff: int = 5, region_code: str = "990102") -> Rosters:
    """Objects 1, 2 …, inspectors 云溪执001 …; the first of these has an interest in all objects.

    Number 0 of either cannot be drawn: an object of another kind, a certificate that ends too soon.
    """
    region = Region.objects.create(code=region_code, name="云溪区", level=Region.Level.COUNTY)
    market = Body.objects.create(region=region, name="区市场监督管理局", kind="organ", line="government")
    other = Body.objects.create(region=region, name="区民政局", kind="organ", line="government")
    names = ("liaison", "head", "office", "viewer", "stranger")
    people = {name: User.objects.create(username=f"{name}-{region_code}", last_name=name) for name in names}
    Role.objects.create(region=region, user=people["liaison"], name="liaison", body=market)
    Role.objects.create(region=region, user=people["head"], name="head", body=market)
    Role.objects.create(region=region, user=people["office"], name="office")
    Role.objects.create(region=region, user=people["viewer"], name="viewer")
    Role.objects.create(region=region, user=people["stranger"], name="liaison", body=other)

    def made(mechanism: str, transition: str, given: dict[str, object]) -> Entry:
        return begin(
            mechanism=mechanism,
            body=market,
            transition=transition,
            given=given,
            actor=Actor.HANDLER,
            by=people["liaison"],
            at=AT - timedelta(days=20),
        )

    item = made(
        "inspection-items",
        "list",
        {
            "name": "食品经营检查",
            "kind": "general",
            "basis": "食品安全法",
            "objects": "食品经营者",
            "share": "5",
        },
    )
    rows = [
        made(
            "inspection-objects",
            "add",
            {
                "name": f"云溪{number}号超市",
                "code": code(number),
                "address": f"云溪路{number}号",
                "kind": "food" if number else "trade",
                "risk": "abcd"[number % 4],
            },
        )
        for number in range(objects + 1)
    ]
    inspectors = [
        made(
            "inspection-staff",
            "add",
            {
                "name": {"name": f"检查员{number}"},
                "certificate": f"云溪执{number:03d}",
                "body": str(market.pk),
                "certificate-until": "2026-03-05" if number == 0 else "2028-12-31",
                "interests": [
                    {"name": f"云溪{one}号超市", "code": code(one)} for one in range(1, objects + 1)
                ]
                if number == 1
                else [],
            },
        )
        for number in range(staff + 1)
    ]
    return Rosters(region, market, other, **people, item=item, objects=rows, staff=inspectors)


def plan_round(rosters: Rosters, *, objects: int = 3, inspectors: int = 2) -> Entry:
    """A round of inspection of food businesses, planned for the tenth."""
    return begin(
        mechanism=MECHANISM,
        body=rosters.market,
        transition="plan",
        given={
            "title": "食品经营抽查",
            "item": str(rosters.item.pk),
            "purpose": "untargeted",
            "joint": "no",
            "object-kind": "food",
            "planned-for": "2026-03-10",
            "objects-wanted": str(objects),
            "inspectors-wanted": str(inspectors),
        },
        actor=Actor.HANDLER,
        by=rosters.liaison,
        at=AT,
    )


def prepared(rosters: Rosters, entry: Entry, *, at: datetime = AT, value_on: date = VALUE_ON) -> Draw:
    """The draw of a round, its list frozen."""
    return prepare_draw(
        entry=entry,
        key=KEY,
        source="某彩票第26030期开奖号码",
        value_on=value_on,
        form="七个两位数，以一个空格分隔",
        by=rosters.liaison,
        at=at,
    )


def committed(rosters: Rosters, entry: Entry) -> Draw:
    """The draw, committed to."""
    return commit_draw(draw=prepared(rosters, entry), secret=SECRET, by=rosters.liaison, at=AT)


def drawn(rosters: Rosters, entry: Entry) -> Draw:
    """The draw with its result."""
    return draw_places(draw=committed(rosters, entry), value=VALUE, by=rosters.liaison, at=on(4))


def all_answered(rosters: Rosters, draw: Draw) -> None:
    """Whoever may serve accepts; who has an interest is recused."""
    for _ in range(10):
        places = holders(draw, drawing_of(draw), result_of(draw))["inspectors"]
        waiting = [one.candidate for one in places if not one.accepted]
        if not waiting:
            return
        interested = bool(waiting[0].entry.values.get("interests"))
        answer = Answer.recused if interested else Answer.accepted
        answer_place(
            draw=draw, key=waiting[0].key, answer=answer, reason="利害关系", by=rosters.liaison, at=on(5)
        )


def step(entry: Entry, transition: str, given: dict[str, object], **more: object) -> Entry:
    """A step of the entry by the liaison."""
    entry.refresh_from_db()
    return take_step(
        entry=entry,
        transition=transition,
        given=given,
        seen=entry.revision,
        **{"actor": Actor.HANDLER, "by": None, "at": on(10)} | more,  # type: ignore[arg-type]
    )
