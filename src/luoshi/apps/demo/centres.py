"""Data centres of the demo and their half-yearly returns: confirmed, returned, not yet checked, missing."""

from __future__ import annotations

from datetime import timedelta

from luoshi.apps.demo.living import Lives, Paper, Told
from luoshi.apps.demo.people import join
from luoshi.apps.organization.models import Body, Region
from luoshi.apps.organization.operations import create_body
from luoshi.core.calendar.periods import Period
from luoshi.core.register.procedure import Actor

# Each with the racks it has, the power it used, and that of its equipment.
CENTRES = {
    "云溪云计算数据中心": (2400, "1820", "1380"),
    "青石大数据产业园数据中心": (900, "760", "520"),
    "柳河智算数据中心": (360, "410", "195"),
    "云门数据中心": (120, "95", "66"),
}
# Who has reported nothing for the last half-year.
SILENT = "云门数据中心"
# So long ago the half-year that is reported on has ended at the latest.
SINCE_END = timedelta(days=45)
_OFFICE = Actor.OFFICE


def keep_returns(lives: Lives) -> None:
    """Two half-years: all confirmed in the earlier one, in the later one returns at every stage."""
    region = Region.objects.get(pk=lives.bodies["区政府办"].region_id)
    made = {
        name: create_body(
            region=region.pk,
            name=name,
            kind=Body.Kind.ENTERPRISE,
            line=Body.Line.ENTERPRISE,
            by=lives.people.office,
            at=lives.at,
        )
        for name in CENTRES
    }
    lives.bodies = {**lives.bodies, **made}
    lives.people = join(lives.people, list(made.values()), region, at=lives.at)
    last = Period.containing((lives.at - SINCE_END).date(), "half-year").previous()
    for number, name in enumerate(CENTRES):
        earlier = _submitted(name, last.previous(), 225 - number)
        lives.live("data-centre-reports", name, earlier, Told(215, "confirm", actor=_OFFICE, deputy=True))
    returned = Told(24, "send-back", actor=_OFFICE, reason="用电量与上期相差较大，请核对。")
    since = {
        "云溪云计算数据中心": (Told(25, "confirm", actor=_OFFICE),),
        "青石大数据产业园数据中心": (returned,),
        "柳河智算数据中心": (),
    }
    for name, following in since.items():
        ago = 6 if not following else 32
        lives.live("data-centre-reports", name, _submitted(name, last, ago), *following)


def _submitted(name: str, period: Period, ago: int) -> Told:
    racks, power, equipment = CENTRES[name]
    return Told(
        ago,
        "submit",
        {
            "period": period.key,
            "racks-built": str(racks),
            "racks-used": str(racks * 7 // 10),
            "servers": str(racks * 12),
            "bandwidth": str(racks // 4),
            "power": power,
            "it-power": equipment,
            "customers": str(racks // 20),
            "incidents": "0",
            "contact": {"name": "尤知秋"},
            "statement": [Paper("半年报送表.pdf")],
            "unusual": "本期新建液冷机房调试，空载用电较多。"
            if float(power) > 2 * float(equipment)
            else None,
        },
    )
