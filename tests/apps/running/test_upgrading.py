"""A database of the first migrations opens with this version: nothing in it is lost, and its log verifies."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.apps.running.installation import installation

# What the first slice of the product had. Nobody may rename these or change what they do.
FIRST = {
    "organization": "0001_initial",
    "audit": "0002_append_only",
    "document": "0001_initial",
    "plan": "0001_initial",
}
FILL = f"""
from datetime import datetime, UTC
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

wanted = [("auth", "0012_alter_user_first_name_max_length"), *{FIRST!r}.items()]
MigrationExecutor(connection).migrate(wanted)
apps = MigrationExecutor(connection).loader.project_state(wanted).apps
user = apps.get_model("auth", "User").objects.create(username="clerk")
region = apps.get_model("organization", "Region").objects.create(code="990102", name="云溪区", level=3)
Body = apps.get_model("organization", "Body")
Body.objects.create(region=region, name="区司法局", line="government")
Body.objects.create(region=region, name="各镇", line="other", is_collective=True)
Event = apps.get_model("audit", "Event")
for name in ("organization.region.created", "organization.body.created"):
    Event.objects.create(
        region="990102", at=timezone.now(), actor=user, type=name,
        object_type="organization.region", object_id="1",
    )
"""
LOOK = """
from django.contrib.auth.models import User
from luoshi.apps.audit.models import Event
from luoshi.apps.organization.models import Body
print(User.objects.get().username, Event.objects.count())
print(*(f"{body.name}:{body.kind}" for body in Body.objects.order_by("pk")))
"""
SEEN = "clerk 2\n区司法局:organ 各镇:group"


@pytest.mark.long
def test_a_database_of_the_first_release_is_brought_up_to_date(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    with installation(tmp_path / "old") as old:
        old.python(FILL)
        assert "run: luoshi migrate" in old.run("serve", "--no-migrate", "--port", "8999", code=2)
        old.run("migrate")
        assert old.python(LOOK) == SEEN
        assert old.run("migrate").strip() == "The database is up to date; steps: 0."
        old.run("audit", "checkpoint")
        assert "The log is intact; entries: 2" in old.run("audit", "verify")
