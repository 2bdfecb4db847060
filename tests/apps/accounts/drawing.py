"""An entry of each place whose draw is done, for the addresses that name one."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import User
from django.utils.timezone import localdate

from luoshi.apps.draws.operations.preparing import prepare_draw
from luoshi.apps.draws.operations.running import commit_draw, draw_places
from luoshi.apps.organization.models import Body
from luoshi.apps.register.models import Entry
from luoshi.apps.register.operations.taking import begin
from luoshi.core.credit_code import compose
from luoshi.core.register.procedure import Actor
from tests.apps.factories import NOW

_ITEM = {
    "name": "食品经营检查",
    "kind": "general",
    "basis": "食品安全法",
    "objects": "食品经营者",
    "share": "5",
}
_MECHANISM, _KEY = "random-inspection", "selection"


def drawn_entry(body: Body, by: User) -> dict[str, object]:
    """What an address names, by the name of its part."""

    def made(mechanism: str, transition: str, given: dict[str, object]) -> Entry:
        return begin(
            mechanism=mechanism,
            body=body,
            transition=transition,
            given=given,
            actor=Actor.HANDLER,
            by=by,
            at=NOW,
        )

    for number in range(4):
        code = compose(authority="92", region="990102", number=f"M{body.pk % 1000:03d}{number:04d}")
        made(
            "inspection-objects",
            "add",
            {
                "name": f"{body.name}辖区{number}号店",
                "code": code,
                "address": "云溪路一号",
                "kind": "food",
                "risk": "a",
            },
        )
        made(
            "inspection-staff",
            "add",
            {
                "name": {"name": f"检查员{number}"},
                "certificate": f"执{body.pk}-{number}",
                "body": str(body.pk),
                "certificate-until": (localdate(NOW) + timedelta(days=900)).isoformat(),
            },
        )
    entry = made(
        _MECHANISM,
        "plan",
        {
            "title": "食品经营抽查",
            "item": str(made("inspection-items", "list", _ITEM).pk),
            "purpose": "untargeted",
            "joint": "no",
            "object-kind": "food",
            "planned-for": (localdate(NOW) + timedelta(days=30)).isoformat(),
            "objects-wanted": "2",
            "inspectors-wanted": "2",
        },
    )
    draw = prepare_draw(
        entry=entry,
        key=_KEY,
        source="某彩票第26030期开奖号码",
        value_on=localdate(NOW) + timedelta(days=2),
        form="七个两位数",
        by=by,
        at=NOW,
    )
    draw = commit_draw(draw=draw, secret=bytes(32), by=by, at=NOW)
    draw = draw_places(draw=draw, value="03 07", by=by, at=NOW + timedelta(days=2))
    return {"drawn mechanism": _MECHANISM, "drawn entry": entry.pk, "drawing": _KEY, "draw": draw.pk}
