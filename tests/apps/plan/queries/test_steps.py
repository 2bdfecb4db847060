"""Every kind of step can be put into words, in both languages."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.utils.translation import override

from luoshi.apps.plan.models import Plan, Settlement, TaskBody
from luoshi.apps.plan.operations import editing, matching, settling
from luoshi.apps.plan.queries.steps import _WORDS, step_words
from tests.apps.factories import NOW

CHINESE = re.compile("[一-鿿]")


@pytest.fixture
def steps(plan: Plan, office: User) -> list[Settlement]:
    """One step of each kind."""
    who = {"by": office, "at": NOW}
    doubts = list(plan.findings.filter(code="unknown-organization").order_by("pk"))
    bare = plan.findings.get(code="no-organization")
    body = TaskBody.objects.filter(task__key="t1").first()
    assert body is not None
    edit = editing.TaskEdit(title="新", removed=(("body", body.pk),))
    return [
        settling.settle_finding(finding=doubts[0], action="choose", value="区财政局", **who),
        settling.settle_finding(finding=doubts[1], action="edit", value="区审计局", **who),
        settling.settle_finding(finding=doubts[2], action="dismiss", **who),
        settling.settle_finding(finding=bare, action="accept", **who),
        settling.accept_notes(plan=plan, **who),
        matching.register_body(plan=plan, name="各镇", line="", **who),
        matching.match_body(plan=plan, name="各镇", body=None, **who),
        matching.match_all_exact(plan=plan, **who),
        matching.register_all(plan=plan, **who),
        editing.edit_task(task=body.task, edit=edit, seen=plan.tasks.get(key="t1").version, **who),
    ]


def test_every_kind_has_words(steps: list[Settlement]) -> None:
    assert {step.kind for step in steps} == set(_WORDS)
    words = [step_words(step) for step in steps]
    assert len(set(words)) == len(words)
    assert words[0] == "未登记单位：选定“区财政局”"
    assert words[4] == "3 条提示按读取结果"
    assert words[-1] == "修改任务1的单位、标题"


def test_english_words_are_english(steps: list[Settlement]) -> None:
    with override("en"):
        for step in steps:
            quoted = step_words(step).replace("区财政局", "").replace("区审计局", "").replace("各镇", "")
            assert not CHINESE.search(quoted), quoted
