"""Entries of registers in the demo, at every stage, through the operations that people use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from luoshi.apps.demo.centres import keep_returns
from luoshi.apps.demo.deciding import keep_decisions
from luoshi.apps.demo.inspecting import keep_inspections
from luoshi.apps.demo.living import Lives
from luoshi.apps.demo.mediating import keep_disputes
from luoshi.apps.demo.people import People
from luoshi.apps.demo.requesting import keep_requests
from luoshi.apps.demo.venues import keep_venues
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


def keep_registers(people: People, bodies: Mapping[str, Body], *, at: datetime) -> None:
    """Bring about legal aid cases up to the appointment, and what the other registers of the demo hold."""
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
    lives = Lives(people, bodies, at)
    for keep in (keep_venues, keep_returns, keep_disputes, keep_decisions, keep_requests, keep_inspections):
        keep(lives)


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
