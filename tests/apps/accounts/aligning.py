"""Links and comparisons of the two districts, for the addresses that name one."""

from __future__ import annotations

from decimal import Decimal

from django.contrib.auth.models import User

from luoshi.apps.alignment.models import Clause, Comparison, Link, Pair
from luoshi.apps.plan.models import Plan
from tests.apps.factories import NOW


def aligned(plan: Plan, issued: Plan, office: User) -> dict[str, object]:
    """What an address names, by the name of its part.

    Args:
        plan: one that is being read.
        issued: one that is out.
    """
    region = plan.region_id
    first, second = sorted((one.tasks.order_by("pk")[0] for one in (plan, issued)), key=lambda task: task.pk)
    link = Link.objects.create(region_id=region, first=first, second=second, score=Decimal("0.5"))
    comparison = Comparison.objects.create(
        region_id=region, plan=plan, document=issued.document, title="上级文件", made_by=office, made_at=NOW
    )
    clause = Clause.objects.create(
        region_id=region, comparison=comparison, position=0, number="1", text="办好服务。", start=0, end=5
    )
    pair = Pair.objects.create(
        region_id=region,
        comparison=comparison,
        clause=clause,
        task=plan.tasks.order_by("pk")[0],
        score=Decimal("0.5"),
    )
    return {"link": link.pk, "comparison": comparison.pk, "clause": clause.pk, "pair": pair.pk}
