"""The review draws every word of the document, with its marks where they are."""

from __future__ import annotations

from luoshi.apps.document.models import StoredPassage
from luoshi.apps.plan.models import Plan
from luoshi.apps.plan.queries.drawing import Drawn, Line, draw
from tests.apps.factories import plan_text, stored_plan


def drawn(plan: Plan) -> list[Drawn]:
    """The first passage."""
    return draw(plan, StoredPassage.objects.get(document=plan.document, position=0))


def lines(plan: Plan) -> list[Line]:
    return [block.line for block in drawn(plan) if block.line]


def test_every_line_is_drawn(plan: Plan) -> None:
    texts = ["".join(piece.text for piece in line.pieces) for line in lines(plan)]
    assert "\n".join(texts) == plan_text().rstrip("\n")


def test_marks_have_kind_key_and_task(plan: Plan) -> None:
    pieces = [piece for line in lines(plan) for piece in line.pieces]
    odd = next(piece for piece in pieces if piece.text == "区财正局")
    body = plan.tasks.get(key="t1").bodies.get(name="区财正局")
    doubt = plan.findings.get(code="unknown-organization", task__key="t1")
    assert odd.classes == "mark-finding-warning mark-responsible"
    assert set(odd.keys.split()) == {f"b{body.pk}", f"f{doubt.pk}"}
    assert odd.task == 0
    assert [piece.text for piece in pieces if piece.classes == "mark-lead"] == ["区民政局"] * 3
    assert [piece.text for piece in pieces if piece.classes == "mark-target"][:2] == ["至少有1个", "达到95%"]


def test_lines_know_their_task_and_where_it_begins(plan: Plan) -> None:
    known = [(line.task, line.begins) for line in lines(plan)]
    assert known[:6] == [(None, ""), (None, ""), (0, "1"), (0, ""), (0, ""), (1, "2")]
    assert known[-1] == (3, "4")


def test_settled_findings_look_settled(plan: Plan) -> None:
    plan.findings.filter(code="vague-deadline").update(state="accepted")
    classes = {piece.classes for line in lines(plan) for piece in line.pieces if piece.text == "适时"}
    assert classes == {"mark-deadline mark-finding-settled"}


def test_passages_of_a_long_plan_together_are_the_document(office: object) -> None:
    plan = stored_plan(60)
    passages = StoredPassage.objects.filter(document=plan.document).order_by("position")
    assert passages.count() > 1
    text = "\n".join(
        "".join(piece.text for piece in block.line.pieces)
        for passage in passages
        for block in draw(plan, passage)
        if block.line
    )
    assert text == plan_text(60).rstrip("\n")
