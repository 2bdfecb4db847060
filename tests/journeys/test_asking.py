"""Nobody loses what they type while the server says what an answer changes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.apps.register.factories import Place, make_place
from tests.journeys.conftest import OpenPage, come_to_rest

APPLY = "/registers/legal-aid/new/apply/"
# A question is under way long before the browser has answered so many others.
MOST_ROUNDS = 2000
ROSTER = "/registers/inspection-staff/new/add/"


class Held:
    """What a form asks, without an answer until it is let go."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.routes: list[Route] = []
        page.route("**/registers/**", self._hold)

    def _hold(self, route: Route) -> None:
        if "action=show" in (route.request.post_data or ""):
            self.routes.append(route)
        else:
            route.continue_()

    def let_go(self) -> None:
        """Answer the next thing that the form asks."""
        for _ in range(MOST_ROUNDS):
            if self.routes:
                break
            self.page.evaluate("0")
        route = self.routes.pop(0)
        with self.page.expect_response(lambda answer: answer.request == route.request):
            route.continue_()


@pytest.fixture
def place(committed: None) -> Place:
    return make_place()


def test_what_is_typed_meanwhile_stays_with_its_caret(open_page: OpenPage, place: Place) -> None:
    page = open_page(APPLY, user=place.liaison, refusals=True)
    held = Held(page)
    facts, name = field(page, "facts"), field(page, "applicant.name")
    facts.fill("拖欠")
    field(page, "means").select_option("exempt")
    name.fill("甲某")
    facts.press("End")
    page.keyboard.type("工资三个月")
    page.keyboard.press("ArrowLeft")
    held.let_go()
    expect(field(page, "exemption")).to_be_visible()
    expect(facts).to_be_focused()
    page.keyboard.type("整")
    expect(facts).to_have_value("拖欠工资三个整月")
    expect(name).to_have_value("甲某")
    expect(field(page, "means")).to_have_value("exempt")
    # The parts stand in the order of the declaration, each once.
    keys = page.locator("#asked .ask").evaluate_all("all => all.map(one => one.dataset.part)")
    assert len(keys) == len(set(keys))
    assert keys.index("exemption") == keys.index("means") + 1
    field(page, "means").select_option("no-test")
    held.let_go()
    expect(field(page, "exemption")).to_have_count(0)
    expect(facts).to_have_value("拖欠工资三个整月")


def test_a_word_that_is_being_put_together_is_not_torn(open_page: OpenPage, place: Place) -> None:
    page = open_page(APPLY, user=place.liaison)
    held = Held(page)
    facts = field(page, "facts")
    field(page, "means").select_option("exempt")
    facts.focus()
    facts.evaluate("one => one.mine = true")
    typing = page.context.new_cdp_session(page)
    typing.send("Input.imeSetComposition", {"text": "tuo'qian", "selectionStart": 8, "selectionEnd": 8})
    held.let_go()
    expect(field(page, "exemption")).to_be_visible()
    # The very field that is composed in: an input method goes with it, and not with another of the same name.
    assert facts.evaluate("one => one.mine === true")
    typing.send(
        "Input.imeSetComposition", {"text": "tuo'qian'gong'zi", "selectionStart": 16, "selectionEnd": 16}
    )
    typing.send("Input.insertText", {"text": "拖欠工资"})
    expect(facts).to_have_value("拖欠工资")


def test_the_last_of_two_answers_counts(open_page: OpenPage, place: Place) -> None:
    page = open_page(APPLY, user=place.liaison)
    held = Held(page)
    field(page, "means").select_option("exempt")
    field(page, "means").select_option("pledge")
    field(page, "facts").fill("拖欠工资")
    held.let_go()
    expect(field(page, "means")).to_have_value("pledge")
    held.let_go()
    come_to_rest(page)
    expect(field(page, "exemption")).to_have_count(0)
    expect(field(page, "facts")).to_have_value("拖欠工资")


def test_rows_that_are_written_on_meanwhile_are_numbered_anew_afterwards(
    open_page: OpenPage, place: Place
) -> None:
    page = open_page(ROSTER, user=place.liaison)
    held = Held(page)
    first, second = field(page, "interests.0.name"), field(page, "interests.1.name")
    first.fill("甲公司")
    page.get_by_role("button", name="再加几行").click()
    second.fill("乙公")
    page.keyboard.type("司")
    # The answer does not know the second row: it is asked once more, and then for both.
    held.let_go()
    held.let_go()
    expect(page.locator(".ask-rows tbody tr")).to_have_count(5)
    expect(second).to_have_value("乙公司")
    page.get_by_label("删除第 1 行").check()
    second.fill("乙集团")
    held.let_go()
    held.let_go()
    expect(first).to_have_value("乙集团")
    expect(second).to_have_value("")


def field(page: Page, key: str) -> Locator:
    return page.locator(f"[id='f.{key}']")
