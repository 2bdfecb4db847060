"""Others write while digests are made: the clock goes on, also with more people than one batch holds."""

from __future__ import annotations

from tests.apps.running.installation import Installation

PROGRAM = """
from datetime import UTC, datetime
from django.contrib.auth.models import User
from django.db import connection
from luoshi.apps.organization.models import Region, Role
from luoshi.apps.reminders.models import Digest
from luoshi.apps.reminders.operations import digesting

region, _ = Region.objects.get_or_create(
    pk="990102", defaults={"name": "云溪区", "level": Region.Level.COUNTY}
)
users = User.objects.bulk_create(User(username=f"office-{n}") for n in range(2 * digesting.BATCH + 1))
Role.objects.bulk_create(Role(region=region, user=user, name=Role.Name.OFFICE) for user in users)
other, digest = connection.copy(), digesting._digest

def beside(user, *arguments):
    with other.cursor() as cursor:
        cursor.execute("UPDATE auth_user SET first_name = %s WHERE id = %s", [user.username, user.pk])
    return digest(user, *arguments)

digesting._digest = beside
digesting.make_digests(at=datetime(2026, 3, 17, 2, tzinfo=UTC))
print(Digest.objects.count() - len(users))
"""


def test_a_batch_is_kept_although_others_wrote_meanwhile(installed: Installation) -> None:
    assert installed.python(PROGRAM) == "0"
