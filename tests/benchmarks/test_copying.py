"""A copied district is like the one that was simulated, and shares nothing with it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.db import connection

from benchmarks.copying import copy_district
from luoshi.apps.audit.models import Event
from luoshi.apps.organization.models import Body, Region, Role
from luoshi.apps.organization.operations import create_body, ensure_region, grant
from luoshi.apps.simulation.district import code_of, name_of

NOW = datetime(2026, 6, 3, 2, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_copies_have_keys_codes_and_names_of_their_own() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("districts are copied on PostgreSQL only; run: python -m tools.postgres pytest")
    code = code_of(0)
    user = User.objects.create_user(f"{code}-office")
    region = ensure_region(code=code, name=name_of(0), level=Region.Level.COUNTY, by=user, at=NOW)
    above = create_body(region=code, name="区司法局", by=user, at=NOW)
    below = create_body(region=code, name="司法所", parent=above, by=user, at=NOW)
    grant(user=user, region=region, role=Role.Name.LIAISON, body=below, by=None, at=NOW)
    events = Event.objects.count()
    copy_district(3)
    assert [one.name for one in Region.objects.order_by("code")] == [name_of(place) for place in range(3)]
    assert Event.objects.count() == 3 * events
    for place in range(3):
        one = Body.objects.get(region=code_of(place), name="司法所")
        assert one.parent is not None
        assert (one.parent.name, one.parent.region_id) == ("区司法局", code_of(place))
        role = Role.objects.get(region=code_of(place))
        assert (role.body, role.user.username) == (one, f"{code_of(place)}-office")
        made = Event.objects.get(object_type="organization.body", object_id=str(one.pk))
        assert (made.region, made.actor) == (code_of(place), role.user)
    # Whoever goes on there gets keys that nobody has.
    assert (
        create_body(region=code, name="新单位", by=user, at=NOW).pk
        > Body.objects.exclude(name="新单位").latest("pk").pk
    )
