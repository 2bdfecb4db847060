"""Who comes near an entry: the body it belongs to, the one that holds it, the one that is to sign for it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from rules.permissions import has_perm

from luoshi.apps.organization.models import Body, Role
from luoshi.apps.register.models import Entry
from tests.apps.register.factories import apply_for_aid, make_place

pytestmark = pytest.mark.django_db
NEAR = ("register.view", "register.take", "register.reveal")


def test_an_entry_is_open_to_its_body_its_holder_and_who_is_to_sign() -> None:
    place = make_place()
    row = apply_for_aid(place)
    third = Body.objects.create(region=place.region, name="区人社局")
    signer = User.objects.create(username="signer")
    Role.objects.create(region=place.region, user=signer, name="liaison", body=third)
    people = (place.liaison, place.stranger, signer)

    def seen() -> list[list[bool]]:
        entry = Entry.objects.get(pk=row.pk)
        # Read anew: roles are kept for a request.
        users = [User.objects.get(pk=user.pk) for user in people]
        return [[has_perm(name, user, entry) for user in users] for name in NEAR]

    assert seen() == [[True, False, False]] * 3
    Entry.objects.filter(pk=row.pk).update(holder=place.other, pending=third)
    assert seen() == [[True, True, True]] * 3
