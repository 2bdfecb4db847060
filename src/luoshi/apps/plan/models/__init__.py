"""Plans as rows: the plan, its tasks, the review, and imports under way."""

from luoshi.apps.plan.models.job import ImportJob
from luoshi.apps.plan.models.plan import Convention, Plan, Section
from luoshi.apps.plan.models.review import Finding, Settlement
from luoshi.apps.plan.models.task import Citation, Deadline, Measure, Target, Task, TaskBody

__all__ = [
    "Citation",
    "Convention",
    "Deadline",
    "Finding",
    "ImportJob",
    "Measure",
    "Plan",
    "Section",
    "Settlement",
    "Target",
    "Task",
    "TaskBody",
]
