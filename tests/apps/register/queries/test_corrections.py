"""What the desk says of requests to put personal data right."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.utils.timezone import localdate

from luoshi.apps.register.models import Correction
from luoshi.apps.register.operations.correcting import answer_correction
from luoshi.apps.work.queries.desk import Scope
from luoshi.apps.work.queries.desk_sources import sources_for
from tests.apps.register.factories import AT, apply_for_aid, make_place

pytestmark = pytest.mark.django_db


def _waiting(user: User) -> int:
    scope, today = Scope.of(user), localdate(AT)
    found = [one for one in sources_for(scope) if one.key == "corrections-answer"]
    return sum(one.rows(scope, today).count() for one in found)


def test_a_request_waits_for_the_holder_until_it_is_answered() -> None:
    place = make_place()
    asked = Correction.objects.create(entry=apply_for_aid(place), words="姓名写错了", at=AT)
    people = (place.liaison, place.head, place.stranger, place.office)
    assert [_waiting(one) for one in people] == [1, 1, 0, 0]
    answer_correction(correction=asked, made=True, answer="已按来信改正", by=place.liaison, at=AT)
    assert [_waiting(one) for one in people] == [0, 0, 0, 0]
