"""Random inspection in the demo: the item list, both rosters, and rounds at every stage of their draw."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from luoshi.apps.demo.living import Lives, Told
from luoshi.apps.draws.models import Draw
from luoshi.apps.draws.operations.opening import open_entries
from luoshi.apps.draws.operations.preparing import prepare_draw
from luoshi.apps.draws.operations.running import answer_place, cancel_draw, commit_draw, draw_places
from luoshi.apps.draws.queries.places import drawn_candidates, holders
from luoshi.apps.draws.queries.stages import result_of
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.models import Entry
from luoshi.core.credit_code import compose
from luoshi.core.draw.values import Answer
from luoshi.core.register.procedure import Actor

BODY, KEY = "区市场监管局", "selection"
SHOPS = ("惠民", "安和", "百顺", "清源", "同福", "德盛", "春禾", "九味", "山禾", "鼎新", "和悦", "长青")
STAFF = ("华若溪", "卫思远", "蒋雨桐", "沈知秋", "韩一鸣", "杨嘉禾", "朱文静", "秦子墨")
FORM = "七个两位数，按开出的顺序，以一个空格分隔"
VALUE = "03 07 11 15 22 29 08"


def keep_inspections(lives: Lives) -> None:
    """Rounds that are published, drawn, committed to, planned, and one drawn for anew."""
    item = lives.live("inspection-items", BODY, Told(60, "list", _ITEM))
    for number, name in enumerate(SHOPS):
        lives.live("inspection-objects", BODY, Told(60 - number % 7, "add", _object(number, name)))
    for number, name in enumerate(STAFF):
        lives.live("inspection-staff", BODY, Told(60 - number % 5, "add", _inspector(lives, number, name)))
    _published(lives, item)
    drawn = _drawn(lives, _planned(lives, item, "校园周边食品抽查", 6), 6)
    _answered(lives, drawn, 3)
    _committed(lives, _planned(lives, item, "餐饮具消毒抽查", 2), 1, secret=3)
    _redone(lives, item)
    _planned(lives, item, "冷链食品抽查", 1)


_ITEM = {
    "name": "食品经营监督检查",
    "kind": "key",
    "basis": "《食品安全法》",
    "objects": "食品生产经营者",
    "way": ["site"],
    "share": "5",
    "times": "2",
}


def _object(number: int, name: str) -> dict[str, object]:
    return {
        "name": f"云溪区{name}食品店",
        "code": compose(authority="92", region="990102", number=f"MA{number + 1:06d}"),
        "address": f"云溪路{number * 2 + 1}号",
        "kind": "trade" if number == 11 else "food",
        "risk": "abbc"[number % 4] if number != 5 else "d",
    }


def _inspector(lives: Lives, number: int, name: str) -> dict[str, object]:
    code = compose(authority="92", region="990102", number="MA000001")
    return {
        "name": {"name": name},
        "certificate": f"云溪执{number + 1:03d}",
        "body": str(lives.bodies[BODY].pk),
        "certificate-until": lives.day(-20 if number == 7 else -900),
        "skills": ["food"],
        "interests": [{"name": f"云溪区{SHOPS[0]}食品店", "code": code}] if number == 2 else [],
    }


def _planned(lives: Lives, item: Entry, title: str, ago: int) -> Entry:
    given = {
        "title": title,
        "item": str(item.pk),
        "purpose": "untargeted",
        "joint": "no",
        "object-kind": "food",
        "planned-for": lives.day(ago - 30),
        "objects-wanted": "3",
        "inspectors-wanted": "2",
    }
    return lives.live("random-inspection", BODY, Told(ago, "plan", given))


def _committed(lives: Lives, entry: Entry, ago: int, *, secret: int) -> Draw:
    """A commitment so many days ago; its public value comes two days later."""
    at, by = lives.at - timedelta(days=ago), lives.people.liaisons[BODY]
    draw = prepare_draw(
        entry=entry,
        key=KEY,
        source=f"某彩票第{entry.pk % 1000:03d}期开奖号码",
        value_on=(at + timedelta(days=2)).date(),
        form=FORM,
        by=by,
        at=at,
    )
    return commit_draw(draw=draw, secret=secret.to_bytes(32, "big"), by=by, at=at)


def _drawn(lives: Lives, entry: Entry, ago: int, *, secret: int = 1) -> Draw:
    draw = _committed(lives, entry, ago, secret=secret)
    at = lives.at - timedelta(days=ago - 2)
    return draw_places(draw=draw, value=VALUE, by=lives.people.liaisons[BODY], at=at)


def _answered(lives: Lives, draw: Draw, ago: int) -> None:
    """One is ill, whoever has an interest is recused, the others accept."""
    common: dict[str, Any] = {"by": lives.people.liaisons[BODY], "at": lives.at - timedelta(days=ago)}
    drawing = catalogue().latest("random-inspection").drawing[KEY]
    first = True
    for _ in range(len(STAFF)):
        places = holders(draw, drawing, result_of(draw))["inspectors"]
        waiting = [one.candidate.key for one in places if not one.accepted]
        if not waiting:
            return
        key = waiting[0]
        row = drawn_candidates(draw)[key].entry
        if row.values.get("interests"):
            answer_place(draw=draw, key=key, answer=Answer.recused, reason="与检查对象有利害关系", **common)
        elif first:
            answer_place(draw=draw, key=key, answer=Answer.refused, reason="病假", **common)
            first = False
        else:
            answer_place(draw=draw, key=key, answer=Answer.accepted, **common)


def _published(lives: Lives, item: Entry) -> None:
    entry = _planned(lives, item, "节日食品专项抽查", 30)
    draw = _drawn(lives, entry, 29, secret=2)
    _answered(lives, draw, 26)
    _recorded(lives, draw)
    entry.refresh_from_db()
    results = [
        {"name": row["name"], "result": result}
        for row, result in zip(entry.values["objects"], ("none", "none", "corrected"), strict=True)
    ]
    lives.go_on(
        entry,
        Told(25, "visit"),
        Told(22, "report", {"visited-on": lives.day(23), "results": results}),
        Told(20, "publish", {"published-at": "区政府门户网站"}, Actor.HEAD),
    )


def _recorded(lives: Lives, draw: Draw) -> None:
    """The record of each object that was drawn; at the last one a problem was found and corrected."""
    by, at = lives.people.liaisons[BODY], lives.at - timedelta(days=26)
    *clean, last = open_entries(draw=draw, by=by, at=at)
    day = lives.day(23)
    for one in clean:
        lives.go_on(one.entry, Told(23, "pass", {"visited-on": day, "note": "证照齐全，台账完整"}))
    found = {"visited-on": day, "problem": "not-disclosed", "note": "未在经营场所公示许可证"}
    lives.go_on(last.entry, Told(23, "find", found), Told(21, "correct", {"corrected-on": lives.day(22)}))


def _redone(lives: Lives, item: Entry) -> None:
    """A commitment that was cancelled in public, and a new one."""
    entry = _planned(lives, item, "标签标识抽查", 8)
    draw = _committed(lives, entry, 7, secret=4)
    head, at = lives.people.heads[BODY], lives.at - timedelta(days=6)
    cancel_draw(draw=draw, reason="名录库中有对象登记重复，已更正", by=head, at=at)
    entry.refresh_from_db()
    _committed(lives, entry, 1, secret=5)
