"""Entries of registers in the demo, at every stage, through the operations that people use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from luoshi.apps.demo.people import People
from luoshi.apps.organization.models import Body
from luoshi.apps.register.models import Entry
from luoshi.apps.register.operations.taking import begin, take_step
from luoshi.core.register.procedure import Actor

# A step that follows: days after the first one, its key, as whom it is taken, and what it gives.
Following = tuple[int, str, Actor, Mapping[str, object]]
_HANDLER, _HEAD = Actor.HANDLER, Actor.HEAD

_GRANTED: Following = (3, "grant", _HEAD, {})
_APPOINTED: Following = (
    5,
    "appoint",
    _HANDLER,
    {"lawyer": {"name": "华若溪"}, "firm": "云溪某某律师事务所"},
)
# What is asked for, how many days ago it was, and what has happened since.
AID: Sequence[tuple[str, str, str, int, Sequence[Following]]] = (
    ("卫思远", "labour", "拖欠工资三个月，请求支付劳动报酬。", 1, ()),
    ("蒋雨桐", "injury", "工地受伤，请求工伤赔偿。", 6, ()),
    (
        "沈知秋",
        "support",
        "请求支付抚养费。",
        4,
        ((1, "ask-papers", _HANDLER, {"missing-papers": "户口簿复印件"}),),
    ),
    ("韩一鸣", "labour", "请求确认劳动关系。", 5, (_GRANTED,)),
    ("杨嘉禾", "injury", "交通事故人身损害赔偿。", 20, (_GRANTED, _APPOINTED)),
    (
        "朱若溪",
        "other",
        "合同纠纷。",
        15,
        ((2, "refuse", _HEAD, {"refusal-ground": "不属于法律援助事项范围。"}),),
    ),
)
VENUES = (
    ("柳河镇", "柳河法治文化广场", "park", 400),
    ("青石镇", "青石普法大讲堂", "hall", 200),
    ("城东街道", "城东法治文化长廊", "gallery", 90),
    ("云门街道", "云门法治宣传栏", "board", 30),
)


def keep_registers(people: People, bodies: Mapping[str, Body], *, at: datetime) -> None:
    """Bring about legal aid cases up to the appointment, and venues with and without damage."""
    justice = bodies["区司法局"]
    for name, matter, facts, ago, following in sorted(AID, key=lambda one: -one[3]):
        given = {
            "applicant": {"name": name},
            "form": "civil",
            "matter": matter,
            "facts": facts,
            "means": "pledge",
        }
        _live("legal-aid", justice, "apply", given, following, people, at - timedelta(days=ago))
    for body, name, kind, ago in VENUES:
        begun = at - timedelta(days=ago)
        given = {
            "name": name,
            "kind": kind,
            "for-body": str(bodies[body].pk),
            "address": f"{body}中心",
            "built-on": (begun - timedelta(days=60)).date().isoformat(),
            "inspected-on": begun.date().isoformat(),
        }
        damage = {"condition": "damaged", "problem": "展板脱落", "inspected-on": begun.date().isoformat()}
        since = ((20, "report-damage", _HANDLER, damage),) if kind == "gallery" else ()
        _live("culture-venues", bodies[body], "register", given, since, people, begun)


def _live(
    mechanism: str,
    body: Body,
    transition: str,
    given: Mapping[str, object],
    following: Sequence[Following],
    people: People,
    begun: datetime,
) -> Entry:
    """One entry from its first step on."""
    who = {_HANDLER: people.liaisons[body.name], _HEAD: people.heads[body.name]}
    entry = begin(
        mechanism=mechanism,
        body=body,
        transition=transition,
        given=given,
        actor=_HANDLER,
        by=who[_HANDLER],
        at=begun,
    )
    for days, step, actor, more in following:
        entry = take_step(
            entry=entry,
            transition=step,
            given=more,
            seen=entry.revision,
            actor=actor,
            by=who[actor],
            at=begun + timedelta(days=days),
        )
    return entry
