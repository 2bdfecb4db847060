"""Pages of orders: who sees which, what they offer, and what their lists count."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from luoshi.apps.interface.templatetags.interface import day
from luoshi.apps.organization.models import Body
from luoshi.apps.supervision.models import Order
from luoshi.apps.supervision.queries.orders import listed
from luoshi.apps.work.queries.desk import Scope, waiting
from luoshi.core.work.lights import Light
from tests.apps.supervision.factories import HELPER, LEAD, OTHER, drafted, issued, replied, signed
from tests.apps.work.factories import World, confirmed_plan, issued_plan

pytestmark = pytest.mark.django_db
Queries = Callable[[int], Any]


@pytest.fixture
def world() -> World:
    return confirmed_plan()


def page(order: Order) -> str:
    return reverse("supervision:order", args=[order.pk])


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def test_bodies_see_their_own_orders_once_they_are_out(world: World) -> None:
    draft, out = drafted(world, matter="一"), issued(world, matter="二")
    for name in (LEAD, HELPER):
        client = signed_in(world.liaison(name))
        assert client.get(page(out)).status_code == 200
        assert client.get(page(draft)).status_code == 403
        assert [row.matter for row in client.get(reverse("supervision:list")).context["page"]] == ["二"]
    stranger = signed_in(world.liaison(OTHER))
    assert stranger.get(page(out)).status_code == 403
    assert not stranger.get(reverse("supervision:list")).context["page"].object_list


def test_a_helper_does_not_read_what_others_replied(world: World) -> None:
    order = replied(world)
    assert "已定五处。" in signed_in(world.liaison(LEAD)).get(page(order)).text
    assert "已定五处。" in signed_in(world.viewer()).get(page(order)).text
    assert "已定五处。" not in signed_in(world.liaison(HELPER)).get(page(order)).text


def test_only_the_office_steers(world: World) -> None:
    order = issued(world)
    address = reverse("supervision:step", args=[order.pk])
    for user in (world.liaison(LEAD), world.viewer()):
        assert signed_in(user).post(address, {"step": "cancel", "words": "x"}).status_code == 403
    assert signed_in(world.office).post(address, {"step": "nonsense"}).status_code == 404


def test_the_whole_way_through_the_pages(world: World) -> None:
    office, second = signed_in(world.office), signed_in(world.colleague())
    lead = signed_in(world.liaison(LEAD))
    sent = {
        "matter": "社区服务点选址",
        "requirement": "定下选址。",
        "line": "government",
        "authority": "会议纪要",
        "source": "meeting",
        "lead": world.bodies[LEAD].pk,
        "helpers": [world.bodies[HELPER].pk],
        "feedback": "once",
        "sign_days": 2,
        "close_days": 15,
    }
    office.post(reverse("supervision:new"), sent)
    order = Order.objects.get()
    again = office.post(reverse("supervision:new"), sent)
    assert again.status_code == 422
    assert "已有未办结的督办件" in again.text
    step, answer = (
        reverse("supervision:step", args=[order.pk]),
        reverse("supervision:answer", args=[order.pk, world.bodies[LEAD].pk]),
    )
    office.post(step, {"step": "propose"})
    assert "须由另一位同事批准" in office.get(page(order)).text
    second.post(step, {"step": "issue"})
    lead.post(answer, {"step": "sign"})
    assert lead.post(answer, {"progress": ""}).status_code == 422
    lead.post(answer, {"progress": "已定五处。"})
    office.post(step, {"step": "accept"})
    office.post(step, {"step": "close"})
    order.refresh_from_db()
    assert (order.state, order.number) == ("closed", 1)


def test_what_comes_next_stands_above_what_the_order_says(world: World) -> None:
    order = issued(world)
    for user, act in ((world.office, "催办："), (world.liaison(LEAD), f"以{LEAD}名义签收")):
        text = signed_in(user).get(page(order)).text
        assert 0 < text.index('class="next-steps"') < text.index(act) < text.index("办理要求")
    assert 'class="next-steps"' not in signed_in(world.viewer()).get(page(order)).text
    signed(world, matter="另一事")
    text = signed_in(world.liaison(LEAD)).get(page(Order.objects.get(matter="另一事"))).text
    assert text.index('href="#reply-title"') < text.index("办理要求") < text.index('id="reply-title"')


def test_the_paper_says_order_or_letter_and_on_what_authority(world: World) -> None:
    order = issued(world, lead=world.bodies["区人民法院"])
    office = signed_in(world.office)
    letter = office.get(reverse("supervision:paper", args=[order.pk, world.bodies["区人民法院"].pk])).text
    paper = office.get(reverse("supervision:paper", args=[order.pk, world.bodies[HELPER].pk])).text
    assert "督办事项商请函" in letter
    assert "商请支持" in letter
    assert "<h1>督办单</h1>" in paper
    for text in (letter, paper):
        assert order.serial in text
        assert order.authority in text
        assert f"{order.region} {order.get_line_display()}" in text
    helper = signed_in(world.liaison(HELPER))
    assert (
        helper.get(reverse("supervision:paper", args=[order.pk, world.bodies["区人民法院"].pk])).status_code
        == 403
    )


def test_before_it_is_out_the_page_says_what_each_body_would_get(world: World) -> None:
    order = drafted(world, lead=world.bodies["区人民法院"])
    forms = {str(one.body): one.form for one in signed_in(world.office).get(page(order)).context["bodies"]}
    assert forms == {"区人民法院": "letter", HELPER: "order"}
    assert not order.bodies.filter(form="letter").exists()


def test_the_paper_names_all_helpers_and_every_day_of_feedback(world: World) -> None:
    helpers = [world.bodies[HELPER], world.bodies[OTHER]]
    order = issued(world, helpers=helpers, feedback=Order.Feedback.MONTHLY, close_days=60)
    assert len(order.rounds) > 1
    office = signed_in(world.office)
    paper = office.get(reverse("supervision:paper", args=[order.pk, world.bodies[LEAD].pk])).text
    assert "、".join(one.name for one in helpers) in paper
    assert "、".join(day(one) for one in order.rounds) in paper
    alone = issued(world, matter="另一事", helpers=[])
    paper = office.get(reverse("supervision:paper", args=[alone.pk, world.bodies[LEAD].pk])).text
    assert '<th scope="row">配合单位</th><td>无</td>' in paper


def test_the_list_counts_what_it_lists(world: World) -> None:
    issued(world, matter="一")
    signed(world, matter="二")
    drafted(world, matter="人员培训")
    office = signed_in(world.office)
    address = reverse("supervision:list")
    total = 0
    for light in Light:
        found = office.get(address, {"light": light.value}).context["page"].paginator.count
        assert found == listed(world.office, timezone.localdate(), light=light.value).count()
        total += found
    assert total == 3
    assert office.get(address, {"q": "区民政 人员"}).context["page"].paginator.count == 1
    assert office.get(address, {"state": "draft"}).context["page"].paginator.count == 1
    assert office.get(address, {"format": "xlsx"})["Content-Type"].endswith("sheet")


def test_the_desk_counts_orders_with_everything_else(world: World) -> None:
    order, today = issued(world), timezone.localdate()
    lead = User.objects.get(pk=world.liaison(LEAD).pk)
    before = waiting(Scope.of(lead), today)
    desk = signed_in(lead).get(reverse("work:desk"))
    assert desk.context["waiting"] == before == 1
    assert page(order) in desk.text
    other = User.objects.get(pk=world.liaison(OTHER).pk)
    assert waiting(Scope.of(other), today) == 0


def test_from_a_task_what_the_plan_says_is_filled_in() -> None:
    world = issued_plan()
    task = world.tasks[0]
    office = signed_in(world.office)
    address = reverse("supervision:of-task", args=[task.pk])
    assert address in office.get(reverse("work:task", args=[world.plan.pk, task.pk])).text
    form = office.get(address).context["form"]
    assert form.initial["lead"] == world.bodies[LEAD].pk
    assert form.initial["authority"]
    order = drafted(world, task=task)
    assert office.get(address).headers["Location"] == page(order)


def boxes(answer: Any) -> list[list[str]]:
    """The names beside the check boxes of helpers, group by group; one that is checked has a mark."""
    groups = answer.context["form"].helper_groups()
    for box in (one for _label, found in groups for one in found):
        checked = " checked" if box.chosen else ""
        assert f'name="helpers" value="{box.body.pk}"{checked}> <span>{box.body}<' in answer.text
    return [["*" * one.chosen + one.body.name for one in found] for _label, found in groups]


def test_helpers_are_ticked_those_chosen_first_and_the_others_by_line(world: World) -> None:
    office = signed_in(world.office)
    order = drafted(world, helpers=[world.bodies[OTHER]])
    edit = reverse("supervision:edit", args=[order.pk])
    first, *others = boxes(office.get(edit))
    assert first == [f"*{OTHER}"]
    usable = Body.objects.filter(active_to=None).exclude(kind=Body.Kind.GROUP)
    lines = [usable.filter(line=line).exclude(name=OTHER).order_by("name") for line in Body.Line]
    assert others == [[one.name for one in line] for line in lines if line]
    # Nothing chosen, no group of the chosen; what was sent and refused stays ticked.
    empty = boxes(office.get(reverse("supervision:new")))
    assert not any(name.startswith("*") for group in empty for name in group)
    sent = {"helpers": [world.bodies[LEAD].pk, world.bodies[OTHER].pk]}
    assert boxes(office.post(edit, sent))[0] == sorted(f"*{name}" for name in (LEAD, OTHER))


def test_queries_do_not_grow(world: World, django_assert_max_num_queries: Queries) -> None:
    orders = [issued(world, matter=f"第{n}件") for n in range(1, 12)]
    office = signed_in(world.office)
    for address in (reverse("supervision:list"), page(orders[0]), reverse("work:desk")):
        with django_assert_max_num_queries(25):
            assert office.get(address).status_code == 200
