"""The form of a task: saved in one step; in a conflict both texts are there and neither is lost."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from luoshi.apps.plan.models import Plan, Settlement, Task

HTMX = {"HX-Request": "true"}


def sent(task: Task, **changes: object) -> dict[str, object]:
    """What the form sends when nothing but `changes` was written."""
    data: dict[str, object] = {"title": task.title, "seen": task.version}
    fields = {
        "body": ("name", "role"),
        "target": ("of", "comparator", "value", "unit", "per", "by"),
        "deadline": ("kind", "value"),
    }
    parts = {"body": task.bodies, "target": task.targets, "deadline": task.deadlines}
    for kind, rows in parts.items():
        stored = list(rows.all())
        data |= {f"{kind}-TOTAL_FORMS": len(stored), f"{kind}-INITIAL_FORMS": len(stored)}
        for index, part in enumerate(stored):
            data[f"{kind}-{index}-key"] = part.pk
            data |= {f"{kind}-{index}-{name}": getattr(part, name) for name in fields[kind]}
    return data | changes


@pytest.fixture
def task(plan: Plan) -> Task:
    return plan.tasks.get(key="t1")


def save(desk: Client, task: Task, data: dict[str, object]) -> object:
    address = reverse("plan:review-edit", args=[task.plan_id, task.position])
    return desk.post(address, data, headers=HTMX)


def test_the_form_shows_what_is_stored(desk: Client, task: Task) -> None:
    text = desk.get(reverse("plan:review-edit", args=[task.plan_id, task.position])).content.decode()
    for words in ("办好第1项服务", "区财正局", 'value="95"', "2026-12-31", 'name="seen" value="1"'):
        assert words in text


def test_nothing_written_is_no_step(desk: Client, task: Task) -> None:
    response = save(desk, task, sent(task))
    assert response.status_code == 200
    assert not Settlement.objects.exists()


def test_everything_is_saved_in_one_step(desk: Client, task: Task) -> None:
    data = sent(task, title="办好助餐服务")
    data |= {
        "body-1-remove": "on",
        "body-TOTAL_FORMS": 5,
        "body-4-name": "区卫健局",
        "body-4-role": "lead",
        "target-1-value": "97.5",
        "deadline-1-kind": "date",
        "deadline-1-value": "2027-06-30",
    }
    response = save(desk, task, data)
    assert 'hx-swap-oob="true"' in response.content.decode()
    task.refresh_from_db()
    assert task.title == "办好助餐服务"
    assert list(task.bodies.values_list("role", "name")) == [
        ("lead", "区民政局"),
        ("responsible", "区财正局"),
        ("responsible", "各镇"),
        ("lead", "区卫健局"),
    ]
    assert list(task.targets.values_list("value", flat=True)) == [Decimal(1), Decimal("97.5")]
    assert list(task.deadlines.values_list("value", flat=True)) == ["2026-12-31", "2027-06-30"]
    assert Settlement.objects.get().detail["what"] == ["body", "deadline", "target", "title"]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("deadline-0-value", "年底", "“年底”不是日期"),
        ("deadline-0-value", "2026-02-30", "“2026-02-30”不是日期"),
        ("target-1-by", "明年", "“明年”不是日期"),
        ("deadline-1-kind", "recurring", "“”不是周期"),
        ("target-1-value", "九成", "输入一个数字"),
        ("body-0-name", "", "必填"),
    ],
)
def test_what_cannot_be_kept_comes_back_with_a_reason(
    desk: Client, task: Task, field: str, value: str, words: str
) -> None:
    response = save(desk, task, sent(task, **{"title": "写了一半的标题", field: value}))
    text = response.content.decode()
    assert response.status_code == 422
    assert words in text
    assert "写了一半的标题" in text
    assert not Settlement.objects.exists()


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("date", "2027年6月30日", "2027-06-30"),
        ("date", "12月31日", "--12-31"),
        ("recurring", "每季度", "quarterly"),
        ("recurring", "每年12月4日", "yearly:12-04"),
        ("standing", "", "ongoing"),
    ],
)
def test_a_deadline_is_typed_as_people_say_it(
    desk: Client, task: Task, kind: str, typed: str, value: str
) -> None:
    save(desk, task, sent(task, **{"deadline-1-kind": kind, "deadline-1-value": typed}))
    assert task.deadlines.get(position=1).value == value
    task.refresh_from_db()
    # What is sent back as it was shown is no step.
    save(desk, task, sent(task, **{"deadline-1-value": typed}))
    assert Settlement.objects.count() == 1


def test_rows_left_empty_or_removed_ask_for_nothing(desk: Client, task: Task) -> None:
    data = sent(task)
    data |= {
        "body-TOTAL_FORMS": 5,
        "body-4-name": " ",
        "body-4-role": "lead",
        "target-TOTAL_FORMS": 4,
        "target-2-comparator": ">=",
        "target-3-comparator": ">=",
        "target-3-value": "许多",
        "target-3-remove": "on",
        "deadline-TOTAL_FORMS": 3,
        "deadline-2-kind": "date",
    }
    assert save(desk, task, data).status_code == 200
    assert not Settlement.objects.exists()
    data |= {"body-1-name": "", "body-1-remove": "on"}
    assert save(desk, task, data).status_code == 200
    assert task.bodies.count() == 3


def test_a_slip_does_not_hide_that_somebody_else_has_written(desk: Client, task: Task) -> None:
    mine = sent(task, title="乙写的标题")
    save(desk, task, sent(task, title="甲写的标题"))
    slip = save(desk, task, {**mine, "deadline-0-value": "明年"})
    assert slip.status_code == 422
    assert 'name="seen" value="1"' in slip.content.decode()
    assert save(desk, task, mine).status_code == 409
    task.refresh_from_db()
    assert task.title == "甲写的标题"


def test_in_a_conflict_both_texts_are_there(desk: Client, task: Task) -> None:
    mine = sent(task, title="乙写的标题")
    save(desk, task, sent(task, title="甲写的标题"))
    response = save(desk, task, mine)
    text = response.content.decode()
    assert response.status_code == 409
    assert "甲写的标题" in text
    assert "乙写的标题" in text
    assert 'name="seen" value="2"' in text
    save(desk, task, {**mine, "seen": 2})
    task.refresh_from_db()
    assert (task.title, task.version) == ("乙写的标题", 3)
