"""Venues of legal culture in the demo: who has one, who has none, what is broken, what is being built."""

from __future__ import annotations

from datetime import datetime

from luoshi.apps.demo.living import Ago, Lives, Named, Paper, Told
from luoshi.apps.demo.people import People
from luoshi.apps.organization.models import Body
from luoshi.apps.organization.operations import create_body
from luoshi.core.register.procedure import Actor

# Communities of the district, by the street that keeps their venues.
COMMUNITIES = {
    "城东街道": ("桃林社区", "望湖社区", "南桥社区"),
    "城西街道": ("西苑社区", "铁路社区"),
    "云门街道": ("云门社区", "新华社区", "柳荫社区"),
}
# Where it is, what it is called, its kind, and how many days ago it was built and registered.
VENUES = (
    ("柳河镇", "柳河镇", "柳河法治文化广场", "park", 400),
    ("青石镇", "青石镇", "青石普法学法大讲堂", "hall", 200),
    ("柳河镇", "柳河镇", "柳河普法学法大讲堂", "hall", 310),
    ("城东街道", "城东街道", "城东普法学法大讲堂", "hall", 180),
    ("城西街道", "城西街道", "城西普法学法大讲堂", "hall", 150),
    ("云门街道", "云门街道", "云门普法学法大讲堂", "hall", 120),
    ("城东街道", "桃林社区", "桃林法治文化长廊", "gallery", 90),
    ("城东街道", "望湖社区", "望湖社区法治文化宣传栏", "board", 85),
    ("城西街道", "西苑社区", "西苑社区法治文化宣传栏", "board", 80),
    ("城西街道", "铁路社区", "铁路社区法治文化宣传栏", "board", 75),
    ("云门街道", "云门社区", "云门社区法治文化宣传栏", "board", 60),
    ("云门街道", "新华社区", "新华社区法治文化宣传栏", "board", 55),
    ("云门街道", "云门街道", "云门法治文化公园", "park", 50),
)
# Towns, streets and communities that have none: the indicator says so.
WITHOUT = ("白鹭镇", "南桥社区", "柳荫社区")
_OFFICE = Actor.OFFICE
_DAMAGE = {"condition": "damaged", "problem": "展板脱落，两块玻璃破裂。"}
# What happened to some of them since, by name.
SINCE = {
    "桃林法治文化长廊": (Told(45, "report-damage", _DAMAGE | {"inspected-on": Ago(45)}),),
    "望湖社区法治文化宣传栏": (
        Told(40, "report-damage", _DAMAGE | {"inspected-on": Ago(40)}),
        Told(38, "extend-mending", {"more-days": "15"}, _OFFICE, "展板须重新制作。"),
        Told(12, "mend", {"mended-on": Ago(13), "condition": "good"}),
    ),
    "云门社区法治文化宣传栏": (Told(9, "report-damage", _DAMAGE | {"inspected-on": Ago(9)}),),
    "青石普法学法大讲堂": (
        Told(20, "inspect", {"inspected-on": Ago(20), "condition": "worn", "problem": "部分展板内容陈旧。"}),
    ),
}


def keep_venues(lives: Lives) -> None:
    """Venues in use, broken, mended late, being built and closed."""
    lives.bodies = {**lives.bodies, **_communities(lives)}
    for keeper, place, name, kind, ago in sorted(VENUES, key=lambda one: -one[-1]):
        given = _venue(name, kind, place) | {
            "built-on": Ago(ago + 60),
            "inspected-on": Ago(ago),
            "open-hours": "全天开放" if kind != "hall" else "每周五下午",
            "photos": [Paper(f"{name}.pdf")],
        }
        lives.live("culture-venues", keeper, Told(ago, "register", given), *SINCE.get(name, ()))
    lives.live("culture-venues", "白鹭镇", Told(30, "plan", _venue("白鹭普法学法大讲堂", "hall", "白鹭镇")))
    lives.live(
        "culture-venues",
        "云门街道",
        Told(260, "register", _venue("柳荫社区旧宣传栏", "board", "柳荫社区") | {"built-on": Ago(900)}),
        Told(70, "close", {"closing-reason": "小区改造，原址拆除。"}, _OFFICE),
    )


def _venue(name: str, kind: str, place: str) -> dict[str, object]:
    return {
        "name": name,
        "kind": kind,
        "for-body": Named(place),
        "address": f"{place}中心",
        "level": "county" if kind == "park" else "town",
        "theme-words": "宪法与民法典",
    }


def _communities(lives: Lives) -> dict[str, Body]:
    """The communities, registered as of now; their streets keep what they have."""
    return {
        name: _community(name, lives.bodies[street], lives.people, lives.at)
        for street, names in COMMUNITIES.items()
        for name in names
    }


def _community(name: str, street: Body, people: People, at: datetime) -> Body:
    return create_body(
        region=street.region_id,
        name=name,
        kind=Body.Kind.COMMUNITY,
        line=Body.Line.TOWNSHIP,
        parent=street,
        by=people.office,
        at=at,
    )
