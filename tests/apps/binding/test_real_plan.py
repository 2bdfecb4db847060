"""The targets of tasks 20 and 32 of the real plan, computed from entries and opened down to one of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from luoshi.apps.binding.models import Binding
from luoshi.apps.binding.operations.settling import confirm_certain
from luoshi.apps.binding.operations.suggesting import suggest
from luoshi.apps.binding.queries.listing import certain_of
from luoshi.apps.binding.queries.targets import Targets
from luoshi.apps.organization.models import Body
from luoshi.apps.organization.operations import create_body
from luoshi.apps.plan.models import Finding, Plan, Task
from luoshi.apps.plan.operations.confirming import confirm_plan
from luoshi.apps.plan.operations.matching import register_all
from luoshi.apps.plan.operations.settling import settle_finding
from luoshi.apps.plan.operations.storing import import_document
from luoshi.apps.register.operations.taking import begin
from luoshi.core.document.open import open_document
from luoshi.core.plan.read import read_plan
from luoshi.core.register.procedure import Actor
from tests.apps.binding.factories import NOW, REGION, World

FILE = "plans/000_59e480d8bb04c074.txt"


@pytest.fixture
def world(office: User, corpus: Path) -> World:
    """The real plan, confirmed, its certain suggestions confirmed, with two towns and two communities."""
    content = (corpus / FILE).read_bytes()
    document = open_document(content, "方案.txt")
    plan = import_document(
        region=REGION, document=document, plan=read_plan(document), content=content, by=office, at=NOW
    )
    for finding in Finding.objects.filter(plan=plan, state="open", severity=Finding.Severity.ERROR):
        settle_finding(finding=finding, action="accept", by=office, at=NOW)
    register_all(plan=plan, by=office, at=NOW)
    for name, kind in (
        ("甲镇", "town"),
        ("乙街道", "street"),
        ("丙社区", "community"),
        ("丁社区", "community"),
    ):
        create_body(region=REGION, name=name, kind=kind, by=office, at=NOW)
    confirm_plan(plan=plan, by=office, at=NOW)
    plan.refresh_from_db()
    suggest(plan=plan, by=office, at=NOW)
    confirm_certain(plan=plan, seen=certain_of(plan.pk).count(), by=office, at=NOW)
    return World(plan, office, {one.name: one for one in Body.objects.filter(region=REGION)})


def _computed(world: World, number: str) -> dict[str, tuple[str, tuple[str, ...], bool | None]]:
    task = Task.objects.get(plan=world.plan, number=number)
    found = Targets(world.plan.pk, REGION, world.office, NOW.date()).all_of(task.targets.all())
    return {
        one.indicator.key: (
            one.figure.standing if one.figure.value is None else f"{one.figure.value.normalize():f}",
            one.lacking,
            one.met,
        )
        for one in found
    }


def test_venues_are_counted_against_the_roster_with_who_lacks_one(world: World) -> None:
    world.venue("park", "甲镇")
    world.venue("hall", "甲镇")
    world.venue("board", "丙社区")
    assert _computed(world, "20") == {
        "parks": ("1", (), True),
        "halls-covered": ("0.5", ("乙街道",), False),
        "boards-covered": ("0.5", ("丁社区",), False),
    }
    world.venue("hall", "乙街道")
    assert _computed(world, "20")["halls-covered"] == ("1", (), True)


def test_the_share_of_decisions_reviewed_is_not_applicable_before_one_is_submitted(world: World) -> None:
    assert _computed(world, "32") == {"reviewed": ("not-applicable", (), None)}


def test_the_share_falls_when_a_decision_was_made_without_review(world: World) -> None:
    lead = next(one for one in world.bodies.values() if one.name == "区司法局")
    for title, reviewed in (("广场改造", "no"), ("公园建设", "yes")):
        given = {
            "title": title,
            "year": "2026",
            "kind": "project",
            "excluded": "none",
            "hearing-needed": "no",
            "experts-needed": "no",
            "risk-needed": "no",
            "competition": "not-applicable",
            "submitted-on": "2026-01-10",
            "decided-on": "2026-01-12",
            "legality-reviewed": reviewed,
        }
        begin(
            mechanism="decision-catalogue",
            body=lead,
            transition="record-made",
            given=given,
            actor=Actor.OFFICE,
            by=world.office,
            at=NOW,
            reason="补录",
        )
    assert _computed(world, "32") == {"reviewed": ("0.5", (), False)}


def test_each_target_opens_down_to_an_entry(client: Client, world: World) -> None:
    entry = world.venue("hall", "甲镇")
    client.force_login(world.office)
    task = Task.objects.get(plan=world.plan, number="20")
    page = client.get(reverse("plan:task", args=[world.plan.pk, task.pk])).content.decode()
    links = re.findall(r'href="(/indicators/culture-venues/halls-covered/[^"]*)"', page)
    opened = client.get(links[0].replace("&amp;", "&")).content.decode()
    assert reverse("register:entry", args=["culture-venues", entry.pk]) in opened


def test_what_nothing_measures_stays_without_a_number(world: World) -> None:
    """The share of normative documents reviewed has a mechanism of its own that is not declared here."""
    task = Task.objects.get(plan=world.plan, number="32")
    unbound = [one.quote for one in task.targets.all() if not one.bindings.exists()]
    assert len(unbound) in (0, 1)
    assert Plan.objects.get(pk=world.plan.pk).bindings.filter(kind=Binding.Kind.DUTY).exists()
