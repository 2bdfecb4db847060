"""Whatever is tried in whatever order: for one purpose there is never more than one draw that holds."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.apps.draws import models
from luoshi.apps.draws.operations.preparing import prepare_draw
from luoshi.apps.draws.operations.running import answer_place, cancel_draw, commit_draw, draw_places
from luoshi.apps.draws.queries.stages import result_of, state_of
from luoshi.apps.register.models import Entry
from luoshi.core.draw.checking import check_proof
from luoshi.core.draw.record import head, proof
from luoshi.core.draw.values import Answer, Committed
from luoshi.core.errors import LuoshiError
from tests.apps.draws.factories import AT, KEY, Rosters, make_rosters, plan_round, step

Stage = models.Draw.Stage
MOVES = st.sampled_from(
    ("prepare", "commit", "draw", "accept", "refuse", "recuse", "cancel", "visit", "night", "old")
)


class History:
    """One round of inspection, and what is tried with it."""

    def __init__(self, rosters: Rosters) -> None:
        self.rosters, self.entry = rosters, plan_round(rosters, objects=2, inspectors=2)
        self.at: datetime = AT
        self.announced: set[str] = set()
        self.number = 0

    def move(self, name: str, which: int) -> None:
        """Try something; a refusal changes nothing."""
        self.number += 1
        before = self._rows()
        try:
            self._take(name, which)
        except LuoshiError:
            assert self._rows() == before

    def _take(self, name: str, which: int) -> None:
        common = {"by": self.rosters.liaison, "at": self.at}
        draw = self._any(which) if name == "old" else self._last()
        if name == "night":
            self.at += timedelta(days=1)
        elif name == "prepare":
            day = (self.at + timedelta(days=1)).date()
            prepare_draw(entry=self.entry, key=KEY, source="某彩票", value_on=day, form="数", **common)
        elif name == "visit":
            step(self.entry, "visit", {}, **common)
        elif draw is None:
            return
        elif name in ("commit", "old"):
            commit_draw(draw=draw, secret=self.number.to_bytes(32, "big"), **common)
        elif name == "draw":
            draw_places(draw=draw, value=str(which), **common)
        elif name == "cancel":
            cancel_draw(draw=draw, reason="撤销", **common)
        else:
            keys = sorted(draw.candidates.values_list("key", flat=True))
            answers = {"accept": Answer.accepted, "refuse": Answer.refused, "recuse": Answer.recused}
            key = self._holder(draw, which) or keys[which % len(keys)]
            answer_place(draw=draw, key=key, answer=answers[name], reason="理由", **common)

    def _holder(self, draw: models.Draw, which: int) -> str | None:
        if not draw.drawn_at or which % 3 == 0:
            return None
        held = [place.key for places in result_of(draw).places.values() for place in places]
        return held[which % len(held)] if held else None

    def _last(self) -> models.Draw | None:
        return self.entry.draws.order_by("-pk").first()

    def _any(self, which: int) -> models.Draw | None:
        rows = list(self.entry.draws.order_by("pk"))
        return rows[which % len(rows)] if rows else None

    def _rows(self) -> list[object]:
        entry = Entry.objects.get(pk=self.entry.pk)
        draws = self.entry.draws.order_by("pk").values_list("stage", "head", "commitment", "prepared_at")
        return [entry.state, entry.revision, *draws, models.Reply.objects.count()]

    def check(self) -> None:
        """What has to hold at every moment."""
        rows = list(self.entry.draws.order_by("pk"))
        assert sum(one.stage in (Stage.COMMITTED, Stage.DRAWN) for one in rows) <= 1
        assert sum(one.stage != Stage.CANCELLED for one in rows) <= 1
        assert self.announced <= {one.commitment for one in rows}, "what was announced never goes away"
        self.announced = {one.commitment for one in rows if one.commitment}
        for one in rows:
            if not one.commitment:
                continue
            state = state_of(one)
            assert one.head == head(state)
            assert one.opened != isinstance(state, Committed)
            if not isinstance(state, Committed):
                check_proof(json.dumps(proof(state)), commitment=one.commitment)
        self._check_entry(rows)

    def _check_entry(self, rows: list[models.Draw]) -> None:
        """The entry says the same as the draw that holds."""
        entry = Entry.objects.get(pk=self.entry.pk)
        live = next((one for one in rows if one.stage in (Stage.COMMITTED, Stage.DRAWN)), None)
        assert entry.values.get("commitment") == (live.commitment if live else None)
        if live is None or live.stage == Stage.COMMITTED:
            assert not entry.values.get("inspectors")
            return
        places = [one for held in result_of(live).places.values() for one in held]
        rows_kept = [*entry.values.get("objects", ()), *entry.values.get("inspectors", ())]
        assert len(rows_kept) == len(places)


@pytest.fixture
def rosters() -> Rosters:
    return make_rosters()


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(MOVES, st.integers(0, 30)), max_size=14), begun=st.integers(0, 4))
def test_never_two_draws_for_one_purpose(rosters: Rosters, moves: list[tuple[str, int]], begun: int) -> None:
    history = History(rosters)
    # Most histories shall get somewhere: they begin with a part of what is meant to happen.
    beginning = [("prepare", 0), ("commit", 0), ("night", 0), ("draw", 0)]
    for name, which in [*beginning[:begun], *moves]:
        history.move(name, which)
        history.check()
