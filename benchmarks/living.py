"""Two hundred applications for legal aid, lived through the operations of the product, to be copied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from luoshi.apps.organization.models import Body
    from luoshi.apps.register.models import Entry

REGION, MECHANISM = "990190", "legal-aid"
NOW = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
# Days after the step before, the step, as whom, by whom, and what it gives.
Step = tuple[int, str, str, str, Mapping[str, object]]
_PAPERS: Step = (1, "ask-papers", "handler", "liaison", {"missing-papers": "身份证复印件"})
_GRANT: Step = (3, "grant", "head", "head", {})
_REFUSE: Step = (4, "refuse", "head", "head", {"refusal-ground": "不属于援助事项范围"})
_APPOINT: Step = (
    2,
    "appoint",
    "handler",
    "liaison",
    {"lawyer": {"name": "丙某"}, "firm": "云溪某某律师事务所"},
)
_END: Step = (
    30,
    "end-case",
    "handler",
    "liaison",
    {"result": "won", "recovered": "12000", "closing-papers": ["papers"]},
)
_CHECK: Step = (6, "check-file", "handler", "second", {"file-check": "passed"})
_PAY: Step = (9, "pay", "head", "head", {"subsidy": "1500"})
_RATE: Step = (5, "rate", "handler", "liaison", {"satisfaction": "satisfied"})
_POOR: Step = (5, "rate", "handler", "liaison", {"satisfaction": "dissatisfied"})
_STOP: Step = (12, "terminate", "head", "head", {"termination": "asked"})
_BACK: Step = (2, "withdraw", "handler", "liaison", {})
_LATE: Step = (6, "grant", "head", "head", {})
ENDED: Sequence[Sequence[Step]] = (
    (_GRANT, _APPOINT, _END, _CHECK, _PAY),
    (_GRANT, _APPOINT, _END, _CHECK, _PAY, _RATE),
    (_PAPERS, (3, "supply", "handler", "liaison", {}), _GRANT, _APPOINT, _END, _CHECK, _PAY),
    (_LATE, _APPOINT, _END, _CHECK, _PAY, _POOR),
    (_REFUSE,),
    (_GRANT, _APPOINT, _STOP),
    (_BACK,),
)
OPEN: Sequence[Sequence[Step]] = ((), (_PAPERS,), (_GRANT,), (_GRANT, _APPOINT), (_GRANT, _APPOINT, _END))
ENDED_LIVES, OPEN_LIVES = 160, 40
MATTERS = ("compensation", "benefits", "pension", "support", "labour", "injury", "environment", "other")
FORMS = ("civil", "labour", "drafting", "criminal", "advice")
MEANS = ("shared", "pledge", "no-test")


@dataclass(frozen=True, slots=True)
class Place:
    """Where it happens: bodies that keep such entries, and who works for the first of them."""

    bodies: list[Body]
    people: dict[str, User]


def settle() -> Place:
    """A region with a centre and its stations, and people."""
    from django.contrib.auth.models import User

    from luoshi.apps.organization.models import Body, Region, Role

    region = Region.objects.create(code=REGION, name="云溪区", level=Region.Level.COUNTY)
    names = ["区法律援助中心", *(f"第{n}法律援助工作站" for n in range(1, 12))]
    bodies = [
        Body.objects.create(region=region, name=name, kind="institution", line="government") for name in names
    ]
    people = {
        name: User.objects.create_user(f"bench-{name}") for name in ("office", "liaison", "second", "head")
    }
    Role.objects.create(region=region, user=people["office"], name="office")
    for name in ("liaison", "second", "head"):
        role = "head" if name == "head" else "liaison"
        Role.objects.create(region=region, user=people[name], name=role, body=bodies[0])
    return Place(bodies, people)


def live(place: Place) -> None:
    """Make the entries: four fifths have ended, the others wait at every stage."""
    from luoshi.apps.register.operations.taking import bring_up_to_date

    for number, steps in enumerate(islice(cycle(ENDED), ENDED_LIVES)):
        _live(place, number, steps, NOW - timedelta(days=80 + number % 30))
    for number, steps in enumerate(islice(cycle(OPEN), OPEN_LIVES)):
        days = sum(one[0] for one in steps) + number % 4
        bring_up_to_date(entry=_live(place, number, steps, NOW - timedelta(days=days)), at=NOW)


def _live(place: Place, number: int, steps: Sequence[Step], at: datetime) -> Entry:
    from luoshi.apps.register.operations.taking import begin, take_step
    from luoshi.core.register.procedure import Actor

    given: dict[str, Any] = {
        "applicant": {"name": "甲某"},
        "form": FORMS[number % len(FORMS)],
        "matter": MATTERS[number % len(MATTERS)],
        "facts": "请求支付拖欠的工资。",
        "means": MEANS[number % len(MEANS)],
    }
    entry = begin(
        mechanism=MECHANISM,
        body=place.bodies[0],
        transition="apply",
        given=given,
        actor=Actor.HANDLER,
        by=place.people["liaison"],
        at=at,
    )
    for days, transition, actor, who, more in steps:
        at += timedelta(days=days)
        entry = take_step(
            entry=entry,
            transition=transition,
            given=_with_papers(more, entry),
            seen=entry.revision,
            actor=Actor(actor),
            by=place.people[who],
            at=at,
            reason="本人申请" if transition == "terminate" else "",
        )
    return entry


def _with_papers(given: Mapping[str, object], entry: Entry) -> dict[str, object]:
    """What a step gives, with a file where it names one."""
    from luoshi.apps.register.models import EntryFile
    from luoshi.apps.work.models import Blob

    if "closing-papers" not in given:
        return dict(given)
    blob, _ = Blob.objects.get_or_create(sha256="0" * 64, defaults={"size": 1, "content": b"x"})
    file = EntryFile.objects.create(
        region_id=entry.region_id,
        mechanism=MECHANISM,
        field="closing-papers",
        token=f"papers-{entry.pk}",
        blob=blob,
        name="结案报告.txt",
        media="text/plain",
        size=1,
        at=NOW,
    )
    return {**given, "closing-papers": [file.token]}
