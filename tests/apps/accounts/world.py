"""Two districts with a plan each, and everybody who might knock: what the matrix of access is tried on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

from django.contrib.auth.models import User
from django.test import Client

from luoshi.apps.organization.models import Administrator, Body, Role
from luoshi.apps.organization.operations import appoint, create_body, grant
from luoshi.apps.plan.models import ImportJob, Plan
from tests.apps import factories

ELSEWHERE = "990103"
# Where an object is, as the people of the first district see it.
OWN_BODY, OTHER_BODY, OTHER_REGION = "own body", "other body", "other region"


@dataclass
class World:
    """The people with a browser each, and what stands in the addresses at each place."""

    clients: dict[str, Client]
    users: dict[str, User]
    values: dict[str, dict[str, object]] = field(default_factory=dict)


def build(*more: Callable[[World], None]) -> World:
    """The whole world.

    Args:
        more: functions that add to `World.values` what other apps have in their addresses.
    """
    here, there = factories.region(), factories.region(ELSEWHERE, "望山区")
    users = {name: User.objects.create_user(name) for name in PEOPLE if name != "stranger"}
    bodies = {
        OWN_BODY: _body(factories.REGION, "区司法局", users["office"]),
        OTHER_BODY: _body(factories.REGION, "区民政局", users["office"]),
        OTHER_REGION: _body(ELSEWHERE, "望山区司法局", users["neighbour"]),
    }
    for name, role, body in (
        ("office", Role.Name.OFFICE, None),
        ("viewer", Role.Name.VIEWER, None),
        ("liaison_a", Role.Name.LIAISON, bodies[OWN_BODY]),
        ("liaison_b", Role.Name.LIAISON, bodies[OTHER_BODY]),
        ("head_a", Role.Name.HEAD, bodies[OWN_BODY]),
        ("reviewer", Role.Name.REVIEWER, None),
    ):
        grant(user=users[name], region=here, role=role, body=body, by=None, at=factories.NOW)
    grant(user=users["neighbour"], region=there, role=Role.Name.OFFICE, by=None, at=factories.NOW)
    for kind in Administrator.Kind.values:
        appoint(user=users[kind], kind=kind, by=None, at=factories.NOW)
    plans = {
        factories.REGION: factories.stored_plan(by=users["office"]),
        ELSEWHERE: factories.stored_plan(by=users["neighbour"], code=ELSEWHERE),
    }
    world = World({name: _client(users.get(name)) for name in PEOPLE}, users)
    for place, body in bodies.items():
        world.values[place] = _values(plans[body.region_id], body, users)
    for add in more:
        add(world)
    return world


PEOPLE = (
    "stranger",
    "nobody",
    "office",
    "viewer",
    "liaison_a",
    "liaison_b",
    "head_a",
    "reviewer",
    "system",
    "security",
    "audit",
    "neighbour",
)


def _body(region: str, name: str, by: User) -> Body:
    return create_body(region=region, name=name, by=by, at=factories.NOW)


def _client(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def _values(plan: Plan, body: Body, users: dict[str, User]) -> dict[str, object]:
    """What an address names, by the name of its part."""
    finding = plan.findings.order_by("pk").first()
    task = plan.tasks.order_by("pk").first()
    assert finding is not None
    assert task is not None
    job = ImportJob.objects.create(
        pk=uuid4(),
        region=plan.region,
        name="云溪区方案.txt",
        sha256="0" * 64,
        size=1,
        state=ImportJob.State.DONE,
        plan=plan,
        at=factories.NOW,
    )
    return {
        "plan": plan.pk,
        "document": plan.document_id,
        "task": task.pk,
        "finding": finding.pk,
        "name": "区民政局",
        "shape": "json",
        "job": job.pk,
        "number": 0,
        "position": 0,
        "step": 0,
        "body": body.pk,
        "user": users["viewer"].pk,
        "role": users["viewer"].plan_roles.get().pk,
        "code": plan.region_id,
        "change": "rename",
        "session": 0,
    }
