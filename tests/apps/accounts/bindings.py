"""A suggestion of each district, for the addresses that name one."""

from __future__ import annotations

from luoshi.apps.binding.models import Binding
from luoshi.apps.plan.models import Plan


def suggested(plan: Plan) -> dict[str, object]:
    """What an address names, by the name of its part."""
    task = plan.tasks.order_by("pk")[0]
    row, _new = Binding.objects.get_or_create(
        region_id=plan.region_id, plan=plan, task=task, kind="mechanism", mechanism="culture-venues"
    )
    return {"binding": row.pk}
