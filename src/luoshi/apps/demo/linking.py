"""A second plan with duties that the first one has too, a text from above, and the city that looks on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from luoshi.apps.alignment.models import Link, Pair
from luoshi.apps.alignment.operations.comparing import compare, settle_pair
from luoshi.apps.alignment.operations.linking import settle_link, suggest_links
from luoshi.apps.demo.district import CODE
from luoshi.apps.demo.people import People, look_on
from luoshi.apps.demo.texts import SECOND, SECOND_NAME, UPSTREAM, UPSTREAM_NAME
from luoshi.apps.organization.models import Region
from luoshi.apps.organization.operations import ensure_region, place_region
from luoshi.apps.plan.models import Finding, Plan
from luoshi.apps.plan.operations.confirming import confirm_plan
from luoshi.apps.plan.operations.matching import match_all_exact
from luoshi.apps.plan.operations.settling import settle_finding
from luoshi.apps.plan.operations.storing import import_document
from luoshi.apps.work.models import Assignment, Issue
from luoshi.apps.work.operations.issuing import IssueTerms, issue_plan
from luoshi.apps.work.operations.signing import sign
from luoshi.core.document.open import open_document
from luoshi.core.plan.read import read_plan

CITY, CITY_NAME = "990100", "澄江市"
BASIS = "云溪区法治政府建设工作要点:各单位按季度报送落实情况"
SURE, ALIKE = "0.6", "0.5"


def second_plan(people: People, first_day: date, opening: int, at: datetime) -> Plan:
    """The second plan, read, confirmed, issued and signed for; its duties linked with those of the first.

    Args:
        opening: how many working days before they are due its reports open.
    """
    content = SECOND.encode()
    document = open_document(content, SECOND_NAME)
    plan = import_document(
        region=CODE, document=document, plan=read_plan(document), content=content, by=people.office, at=at
    )
    for finding in Finding.objects.filter(plan=plan, state=Finding.State.OPEN).order_by("position"):
        settle_finding(finding=finding, action="accept", by=people.office, at=at)
    match_all_exact(plan=plan, by=people.office, at=at)
    plan = confirm_plan(plan=plan, by=people.office, at=at)
    terms = IssueTerms(line=Issue.Line.GOVERNMENT, basis=BASIS, first_day=first_day, opening_days=opening)
    issue_plan(plan=plan, terms=terms, by=people.office, at=at)
    for name, rows in _by_body(plan).items():
        sign(assignments=rows, by=people.liaisons[name], at=at)
    _link(people, at)
    return plan


def _by_body(plan: Plan) -> Mapping[str, list[Assignment]]:
    found: dict[str, list[Assignment]] = {}
    for one in Assignment.objects.filter(task__plan=plan).select_related("body").order_by("pk"):
        found.setdefault(one.body.name, []).append(one)
    return found


def _link(people: People, at: datetime) -> None:
    """What is plainly the same is confirmed; the rest waits for a visitor."""
    suggest_links(region=CODE, by=people.office, at=at)
    for link in Link.objects.filter(region_id=CODE, score__gte=SURE).order_by("-score", "pk")[:2]:
        settle_link(link=link, action="confirm", seen=link.version, by=people.office, at=at)


def look_from_above(people: People, plan: Plan, at: datetime) -> None:
    """The city above with somebody who looks on, and its text beside the plan."""
    by = people.office
    city = ensure_region(code=CITY, name=CITY_NAME, level=Region.Level.CITY, by=by, at=at)
    look_on(city, at=at)
    place_region(region=Region.objects.get(pk=CODE), parent=city, by=by, at=at)
    content = UPSTREAM.encode()
    document = open_document(content, UPSTREAM_NAME)
    made = compare(plan=plan, document=document, read=read_plan(document), content=content, by=by, at=at)
    for pair in Pair.objects.filter(comparison=made, score__gte=ALIKE).order_by("-score", "pk")[:2]:
        settle_pair(pair=pair, action="confirm", seen=pair.version, by=by, at=at)
