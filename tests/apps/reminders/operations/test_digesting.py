"""One digest a person and day, whatever the clock does and wherever it dies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from luoshi.apps.accounts.models import Account
from luoshi.apps.accounts.operations import keep_language
from luoshi.apps.audit.models import Checkpoint, Event
from luoshi.apps.organization.operations.calendar import set_days
from luoshi.apps.reminders.models import Digest
from luoshi.apps.reminders.operations import digesting, ticking
from luoshi.apps.reminders.operations.digesting import CLAIM, letter, make_digests, send_digests
from luoshi.apps.reminders.operations.setting import change_setting
from luoshi.apps.work.models import Occurrence
from luoshi.core.supervision.quiet import Hours
from tests.apps.supervision.factories import LEAD, issued
from tests.apps.work.factories import World, issued_plan, morning

MORNING = morning(2026, 3, 17)


class Killed(BaseException):
    """The process ends here; nothing catches it."""


@pytest.fixture
def world(db: None) -> World:
    """An issued plan; every liaison has an address."""
    world = issued_plan()
    for user in world.people.values():
        user.email = f"{user.username}@office.example"
        user.save()
    return world


def lines_of(world: World, name: str) -> list[dict[str, Any]]:
    return Digest.objects.get(user=world.liaison(name)).lines


def test_a_digest_says_what_waits_who_asks_and_by_what_right(world: World) -> None:
    issued(world, at=morning(2026, 3, 16))
    world.advance(MORNING)
    make_digests(at=MORNING)
    kinds = {line["kind"]: line for line in lines_of(world, LEAD)}
    assert {"待填报", "督办待签收"} <= set(kinds)
    assert kinds["待填报"]["right"] == "云溪区社区服务重点任务分解方案第五部分"
    assert kinds["督办待签收"]["right"].startswith("区政府常务会议纪要")
    assert all(line["asker"] == "政府" for line in kinds.values())
    said = letter(Digest.objects.get(user=world.liaison(LEAD)))
    assert "谁要求、凭什么" in said.body
    assert said.to == [world.liaison(LEAD).email]


def test_what_is_overdue_says_so(world: World) -> None:
    late = morning(2026, 4, 2)
    world.advance(MORNING)
    for at in (MORNING, late):
        make_digests(at=at)
    before, after = (
        letter(one).body for one in Digest.objects.filter(user=world.liaison(LEAD)).order_by("day")
    )
    assert "已逾期" not in before
    assert "日期：2026-03-31，已逾期" in after


def test_where_nothing_gives_a_right_none_is_claimed(world: World) -> None:
    line = {"kind": "台账待办理", "title": "一件", "count": 1, "day": "", "address": "/", "right": ""}
    digest = Digest(
        user=world.office, day=MORNING.date(), count=2, lines=[{**line, "asker": "法律援助 · 待审查"}]
    )
    said = letter(digest)
    assert "法律援助 · 待审查\n" in said.body
    assert "谁要求" not in said.body


def test_a_person_is_written_to_in_the_language_they_chose(world: World) -> None:
    world.advance(MORNING)
    reader = world.liaison(LEAD)
    keep_language(user=reader, language="en", by=reader, at=MORNING)
    make_digests(at=MORNING)
    send_digests(at=MORNING)
    english, *chinese = sorted(mail.outbox, key=lambda one: one.to != [reader.email])
    assert english.subject.startswith("Luoshi: 1 thing")
    assert "To report" in english.body
    assert "谁要求" not in english.body
    assert all("谁要求、凭什么" in one.body for one in chinese)
    assert {line["kind"] for line in lines_of(world, LEAD)} & {"To report"}


def test_languages_ask_the_database_nothing_more(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for user in world.people.values():
        keep_language(user=user, language="en", by=user, at=MORNING)
    with CaptureQueriesContext(connection) as chosen:
        make_digests(at=MORNING)
    Digest.objects.all().delete()
    Account.objects.all().delete()
    with django_assert_max_num_queries(len(chosen)):
        make_digests(at=MORNING)


def test_twice_is_once(world: World) -> None:
    world.advance(MORNING)
    first = make_digests(at=MORNING)
    assert first == Digest.objects.exclude(state="nothing").count() > 0
    assert make_digests(at=MORNING + timedelta(hours=2)) == 0
    sent = send_digests(at=MORNING)
    assert sent == len(mail.outbox) == first
    assert send_digests(at=MORNING) == 0
    assert make_digests(at=MORNING + timedelta(days=1)) == first


@pytest.mark.parametrize(
    ("at", "why"),
    [
        (morning(2026, 3, 21), "a Saturday"),
        (morning(2026, 10, 1), "a holiday"),
        (morning(2026, 3, 17) - timedelta(hours=3), "before the hour"),
        (morning(2026, 3, 17) + timedelta(hours=11), "in the evening"),
    ],
)
def test_nobody_is_reminded_on_days_off_or_in_quiet_hours(world: World, at: datetime, why: str) -> None:
    make_digests(at=at)
    assert not Digest.objects.exists(), why


def test_a_region_may_have_a_day_off_of_its_own(world: World) -> None:
    set_days(
        region=world.plan.region_id,
        days=[MORNING.date()],
        working=False,
        reason="大雪",
        by=world.office,
        at=MORNING,
    )
    make_digests(at=MORNING)
    assert not Digest.objects.exists()


def test_whoever_wants_no_mail_gets_none_and_still_sees_it(world: World) -> None:
    liaison = world.liaison(LEAD)
    change_setting(user=liaison, mail=False, address="", hours=Hours(), by=liaison, at=MORNING)
    world.advance(MORNING)
    make_digests(at=MORNING)
    send_digests(at=MORNING)
    assert Digest.objects.get(user=liaison).state == Digest.State.SHOWN
    assert liaison.email not in [to for one in mail.outbox for to in one.to]


def test_mail_that_is_down_is_tried_again_and_then_given_up(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(self: object, messages: object) -> int:
        raise ConnectionRefusedError

    world.advance(MORNING)
    made = make_digests(at=MORNING)
    monkeypatch.setattr(EmailBackend, "send_messages", down)
    for _ in range(digesting.MOST_TRIES - 1):
        assert send_digests(at=MORNING) == 0
    assert Digest.objects.filter(state=Digest.State.WAITING).count() == made
    send_digests(at=MORNING)
    assert Digest.objects.filter(state=Digest.State.FAILED).count() == made


def places(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], None]]:
    """Every place between two steps at which a process can end, and how it is made to end there."""

    def before(owner: Any, name: str, count: int = 1) -> Callable[[], None]:
        return lambda: _kill(monkeypatch, owner, name, count, after=False)

    def after(owner: Any, name: str, count: int = 1) -> Callable[[], None]:
        return lambda: _kill(monkeypatch, owner, name, count, after=True)

    return [
        *(before(ticking, f"STEPS:{n}") for n in range(4)),
        before(digesting, "_keep"),
        after(digesting, "_keep"),
        before(digesting, "record"),
        *(before(digesting, "_send", n) for n in (1, 2, 5)),
        *(before(EmailBackend, "send_messages", n) for n in (1, 3)),
        *(after(EmailBackend, "send_messages", n) for n in (1, 3)),
        *(after(digesting, "_send", n) for n in (1, 4)),
    ]


def _kill(patch: pytest.MonkeyPatch, owner: Any, name: str, count: int, *, after: bool) -> None:
    if name.startswith("STEPS:"):
        steps = list(ticking.STEPS)

        def dies(done: object, at: object) -> None:
            raise Killed

        steps[int(name[-1])] = dies
        patch.setattr(ticking, "STEPS", tuple(steps))
        return
    real, calls = getattr(owner, name), [0]

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        calls[0] += 1
        if calls[0] == count and not after:
            raise Killed
        answer = real(*args, **kwargs)
        if calls[0] == count:
            raise Killed
        return answer

    patch.setattr(owner, name, wrapped)


@pytest.mark.parametrize("place", range(16))
def test_killed_anywhere_nothing_is_lost_and_nothing_doubled(
    world: World, place: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        places(patch)[place]()
        with pytest.raises(Killed):
            ticking.tick(at=MORNING)
    later = MORNING + CLAIM + timedelta(minutes=5)
    ticking.tick(at=later)
    ticking.tick(at=later + timedelta(minutes=10))
    speaking = Digest.objects.exclude(state=Digest.State.NOTHING)
    assert {one.state for one in speaking} == {Digest.State.SENT}
    assert speaking.values("user").distinct().count() == speaking.count() > 4
    # A letter that was handed over twice is the same letter.
    told = {(one.to[0], one.extra_headers["Message-ID"]) for one in mail.outbox}
    assert len(told) == speaking.count()
    assert len({to for to, _ in told}) == len(told)
    opened = Occurrence.objects.filter(state=Occurrence.State.OPEN)
    assert opened.count() == opened.values("assignment", "key").distinct().count() > 0
    counted = Event.objects.filter(type="reminders.digests.made")
    assert sum(event.detail["people"] for event in counted) == Digest.objects.count()
    newest = Checkpoint.objects.order_by("-number").first()
    assert newest is not None
    assert newest.size == Event.objects.count()
