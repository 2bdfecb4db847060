"""Two districts with a plan each, and everybody who might knock: what the matrix of access is tried on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

from django.contrib.auth.models import User
from django.test import Client

from luoshi.apps.organization.models import Administrator, Body, Region, Role
from luoshi.apps.organization.operations import appoint, create_body, grant
from luoshi.apps.plan.models import ImportJob, Plan
from tests.apps import factories
from tests.apps.accounts import aligning, bindings, working
from tests.apps.accounts.bulking import bulk_work
from tests.apps.accounts.drawing import drawn_entry
from tests.apps.accounts.receiving import received_entry
from tests.apps.accounts.registering import registered_entry
from tests.apps.accounts.supervising import supervised

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
    third = _body(factories.REGION, "区财政局", users["office"])
    bodies = {
        OWN_BODY: _body(factories.REGION, "区司法局", users["office"]),
        OTHER_BODY: _body(factories.REGION, "区民政局", users["office"]),
        OTHER_REGION: _body(ELSEWHERE, "望山区司法局", users["neighbour"]),
    }
    for name, role, body in (
        ("office", Role.Name.OFFICE, None),
        ("viewer", Role.Name.VIEWER, None),
        ("viewer_a", Role.Name.VIEWER, bodies[OWN_BODY]),
        ("liaison_a", Role.Name.LIAISON, bodies[OWN_BODY]),
        ("liaison_b", Role.Name.LIAISON, bodies[OTHER_BODY]),
        ("liaison_c", Role.Name.LIAISON, third),
        ("head_a", Role.Name.HEAD, bodies[OWN_BODY]),
        ("reviewer", Role.Name.REVIEWER, None),
    ):
        grant(user=users[name], region=here, role=role, body=body, by=None, at=factories.NOW)
    grant(user=users["neighbour"], region=there, role=Role.Name.OFFICE, by=None, at=factories.NOW)
    for kind in Administrator.Kind.values:
        appoint(user=users[kind], kind=kind, by=None, at=factories.NOW)
    plans = {
        factories.REGION: factories.stored_plan(2, by=users["office"]),
        ELSEWHERE: factories.stored_plan(2, by=users["neighbour"], code=ELSEWHERE),
    }
    world = World({name: _client(users.get(name)) for name in PEOPLE}, users)
    for place, body in bodies.items():
        world.values[place] = _values(plans[body.region_id], body, users)
    _set_to_work(world, bodies, third)
    for place, body in bodies.items():
        clerk = users["neighbour" if place == OTHER_REGION else "office"]
        world.values[place] |= supervised(plans[body.region_id], body, clerk, users["nobody"])
        keeper = bodies[OTHER_REGION if place == OTHER_REGION else OWN_BODY]
        world.values[place] |= received_entry(keeper, body, clerk)
        world.values[place] |= registered_entry(body, clerk)
        world.values[place] |= drawn_entry(body, clerk)
        world.values[place] |= bulk_work(body, clerk, world.values[place]["entry"])
        world.values[place] |= bindings.suggested(Plan.objects.get(pk=world.values[place]["plan"]))
    for add in more:
        add(world)
    return world


PEOPLE = (
    "stranger",
    "nobody",
    "office",
    "viewer",
    "viewer_a",
    "liaison_a",
    "liaison_b",
    "liaison_c",
    "head_a",
    "reviewer",
    "system",
    "security",
    "audit",
    "neighbour",
)


def _set_to_work(world: World, bodies: dict[str, Body], third: Body) -> None:
    """Let both districts issue a plan and report, and note what stands in the addresses."""
    users, (own, other, far) = world.users, bodies.values()
    mine = {own: users["liaison_a"], other: users["liaison_b"], third: users["liaison_c"]}
    here = working.district(factories.REGION, users["office"], other, own, third, mine)
    region = Region.objects.get(pk=ELSEWHERE)
    clerk = User.objects.create_user("clerk")
    grant(user=clerk, region=region, role=Role.Name.LIAISON, body=far, by=None, at=factories.NOW)
    there = working.district(ELSEWHERE, users["neighbour"], far, None, None, {far: clerk})
    working.lived_through(here, other, own)
    found = {
        OWN_BODY: working.standing(here, own, reported=3, changed=1, file=b"%PDF-1.7 a"),
        OTHER_BODY: working.standing(here, other, reported=1, changed=2, file=b"%PDF-1.7 b", sends=False),
        OTHER_REGION: working.standing(there, far, reported=3, changed=1, file=b"%PDF-1.7 c"),
    }
    registries = {OTHER_REGION: working.registered(there), OWN_BODY: working.registered(here)}
    registries[OTHER_BODY] = registries[OWN_BODY]
    for place, values in found.items():
        world.values[place] |= {**values, **registries[place]}
    far_away = aligning.aligned(Plan.objects.get(pk=world.values[OTHER_REGION]["plan"]), there.plan, clerk)
    near = aligning.aligned(Plan.objects.get(pk=world.values[OWN_BODY]["plan"]), here.plan, users["office"])
    for place in (OWN_BODY, OTHER_BODY, OTHER_REGION):
        world.values[place] |= far_away if place == OTHER_REGION else near


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
        "token": 0,
        "webhook": 0,
    }
