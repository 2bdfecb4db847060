"""A made-up mechanism, its entries in memory, and the one that the cases are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from luoshi.core.calendar.working_days import WorkCalendar
from luoshi.core.expression import MISSING, Clock, Occasion, Reference, Scheme
from luoshi.core.expression.kinds import (
    Body,
    Choice,
    Choices,
    Code,
    Date,
    Files,
    Kind,
    Link,
    Money,
    Number,
    Period,
    Person,
    Place,
    Rows,
    Text,
    Truth,
)
from luoshi.core.expression.nodes import Node

NEW = Reference("1")


@dataclass
class Sample:
    """An entry in memory. Entries that it can see are listed by mechanism."""

    values: Mapping[str, object] = field(default_factory=dict)
    reference: Reference = NEW
    state: str = ""
    begun: date | None = None
    owner: Reference | None = None
    holder: Reference | None = None
    steps: Mapping[str, Sequence[date]] = field(default_factory=dict)
    clocks: Mapping[str, Clock] = field(default_factory=dict)
    seen: Mapping[str, Sequence[Sample]] = field(default_factory=dict)

    def value(self, field: str) -> object:
        """See Entry."""
        return self.values.get(field, MISSING)

    def days_of(self, transition: str) -> Sequence[date]:
        """See Entry."""
        return self.steps.get(transition, ())

    def clock(self, limit: str) -> Clock | None:
        """See Entry."""
        return self.clocks.get(limit)

    def linked(self, mechanism: str, reference: Reference) -> Sample | None:
        """See Entry."""
        return next((one for one in self.seen.get(mechanism, ()) if one.reference.same(reference)), None)

    def others(self, mechanism: str, condition: Node) -> Iterable[Sample]:
        """See Entry."""
        return self.seen.get(mechanism, ())


COLUMNS: dict[str, Kind] = {
    "expert": Person(),
    "unit": Body(),
    "agrees": Truth(),
    "fee": Money(),
    "score": Number("分"),
    "on": Date(),
    "field": Choice.of("law", "water"),
}
FIELDS: dict[str, Kind] = {
    "title": Text(),
    "drafter": Body(),
    "author": Person(),
    "matter": Choice({"economy": None, "price": "economy", "heating": "price", "traffic": None}),
    "effects": Choices({"people": None, "firms": None, "farmers": "people"}),
    "urgent": Truth(),
    "heard": Truth(),
    "comments": Number("条"),
    "adopted": Number("条"),
    "members-due": Number("人"),
    "present": Number("人"),
    "factor": Number(),
    "cost": Money(),
    "budget": Money(),
    "published": Date(),
    "closed": Date(),
    "half": Period(),
    "place": Place(),
    "code": Code(),
    "papers": Files(),
    "panel": Rows(COLUMNS),
    "review": Link("legality-review"),
}
SCHEMES: dict[str, Scheme] = {}
DECISION = Scheme(
    "decision",
    FIELDS,
    states=("drafted", "heard", "decided"),
    transitions=("draft", "publish-draft", "decide"),
    limits=("comment", "examine"),
    others=SCHEMES,
)
REVIEW = Scheme(
    "legality-review",
    {
        "decision": Link("decision"),
        "opinion": Choice.of("lawful", "lawful-if-changed", "unlawful"),
        "reviewer": Person(),
        "fee": Money(),
        "points": Rows({"weight": Number("分")}),
    },
    states=("asked", "given"),
    transitions=("ask", "give"),
    limits=("review",),
    others=SCHEMES,
)
SCHEMES.update({scheme.key: scheme for scheme in (DECISION, REVIEW)})

ZHOU, QIN = Reference("7", "周岚"), Reference("8", "秦川")
BUREAU, OFFICE = Reference("41", "云溪区水务局"), Reference("42", "云溪区政府办")
TODAY = date(2026, 9, 28)
OCCASION = Occasion(TODAY, WorkCalendar(), actor=ZHOU, actor_body=OFFICE)

THIS = Reference("100", "云溪区供热价格")
GIVEN = Sample(
    {
        "decision": THIS,
        "opinion": "lawful-if-changed",
        "reviewer": QIN,
        "fee": Decimal(300),
        "points": ({"weight": Decimal(3)}, {"weight": Decimal(4)}),
    },
    Reference("200"),
    "given",
    date(2026, 9, 1),
    OFFICE,
    OFFICE,
    {"give": (date(2026, 9, 10),)},
)
ASKED = Sample({"decision": Reference("101")}, Reference("201"), "asked", date(2026, 9, 20), OFFICE)

ENTRY = Sample(
    values={
        "title": "供热价格调整方案",
        "drafter": BUREAU,
        "author": ZHOU,
        "matter": "heating",
        "effects": ("farmers", "firms"),
        "urgent": False,
        "heard": "unknown",
        "comments": Decimal(12),
        "adopted": Decimal(0),
        "members-due": Decimal(9),
        "present": Decimal(6),
        "factor": Decimal("1.5"),
        "cost": Decimal("1200.50"),
        "published": date(2026, 8, 20),
        "half": "2026H1",
        "code": "113701130042070099",
        "panel": (
            {"expert": ZHOU, "unit": BUREAU, "agrees": True, "fee": Decimal(400), "score": Decimal(90)},
            {"expert": QIN, "unit": OFFICE, "agrees": False, "fee": Decimal(200), "score": Decimal(70)},
            {"expert": Reference("", "秦川"), "agrees": "unknown", "score": Decimal(80), "field": "water"},
        ),
        "review": Reference("200"),
    },
    reference=THIS,
    state="heard",
    begun=date(2026, 8, 1),
    owner=BUREAU,
    holder=OFFICE,
    steps={"draft": (date(2026, 8, 1),), "publish-draft": (date(2026, 8, 20), date(2026, 9, 3))},
    clocks={
        "comment": Clock(due=date(2026, 9, 30)),
        "examine": Clock(due=date(2026, 9, 10), stopped=date(2026, 9, 11)),
    },
    seen={"legality-review": (GIVEN, ASKED)},
)
TWIN = Sample({"title": "供热价格调整方案", "cost": Decimal(900)}, Reference("101"), "drafted")
ENTRY.seen = {**ENTRY.seen, "decision": (ENTRY, TWIN)}
EMPTY = Sample()
