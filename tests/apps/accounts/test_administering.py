"""What each of the three administrators does on their pages, and that nobody does another one's work."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from luoshi.apps.accounts.models import Account
from luoshi.apps.accounts.operations import create_account, create_administrators, disable, refusals
from luoshi.apps.accounts.queries.people import people
from luoshi.apps.audit.models import Event
from luoshi.apps.organization.models import Administrator, Region, Role
from luoshi.apps.organization.operations import create_body, grant
from luoshi.apps.organization.operations.refusals import LastAdministrator, NotForOneself
from luoshi.apps.plan.models import Plan
from tests.apps.accounts.conftest import PASSWORD, Staff, sign_in
from tests.apps.factories import NOW, REGION, region, user_with


def rows(response: Any) -> list[list[Any]]:
    """The rows of a workbook, without its head."""
    book = CalamineWorkbook.from_filelike(BytesIO(response.content))
    return book.get_sheet_by_index(0).to_python()[1:]


class TestSystem:
    """Accounts, regions, health."""

    def test_an_account_is_made_and_its_password_shown_once(self, staff: Staff) -> None:
        browser = staff.browsers["system"]
        body = create_body(region=region().pk, name="区司法局", by=staff.system, at=NOW)
        fields = {"username": "li.hua", "name": "李华", "body": body.pk}
        page = browser.post("/admin/accounts/new/", fields)
        assert "no-store" in page["Cache-Control"]
        password = page.context["password"]
        assert password in page.content.decode()
        user = User.objects.get(username="li.hua")
        assert (user.first_name, user.account.body) == ("李华", body)  # type: ignore[attr-defined]
        assert not Role.objects.filter(user=user).exists()
        assert password not in browser.get(f"/admin/accounts/{user.pk}/").content.decode()
        assert password not in str(list(Event.objects.values()))
        assert sign_in(Client(), "li.hua", password) == 302

    @pytest.mark.parametrize(
        ("username", "name", "said"),
        [
            ("Li", "李华", "不能用"),
            ("1li", "李华", "不能用"),
            ("li hua", "李华", "不能用"),
            ("system-admin", "李华", "已有人使用"),
            ("li.hua", "", "请填写"),
        ],
    )
    def test_unusable_ones_are_refused(self, staff: Staff, username: str, name: str, said: str) -> None:
        page = staff.browsers["system"].post("/admin/accounts/new/", {"username": username, "name": name})
        assert page.status_code == 422
        assert said in page.content.decode()
        assert f'value="{username}"' in page.content.decode()

    def test_an_account_is_corrected_disabled_and_enabled(self, staff: Staff, person: User) -> None:
        browser, address = staff.browsers["system"], f"/admin/accounts/{person.pk}/"
        browser.post(f"{address}change/", {"name": "王小敏"})
        browser.post(f"{address}disable/")
        person.refresh_from_db()
        assert (person.first_name, person.is_active) == ("王小敏", False)
        assert "已停用" in browser.get(address).content.decode()
        browser.post(f"{address}enable/")
        person.refresh_from_db()
        assert person.is_active
        told = Event.objects.filter(actor=staff.system).order_by("pk").values_list("type", flat=True)
        assert [name.removeprefix("accounts.account.") for name in told] == ["changed", "disabled", "enabled"]

    def test_not_oneself_and_not_the_last(self, staff: Staff) -> None:
        with pytest.raises(NotForOneself):
            disable(user=staff.system, by=staff.system, at=timezone.now())
        with pytest.raises(LastAdministrator):
            disable(user=staff.audit, by=staff.system, at=timezone.now())
        page = staff.browsers["system"].post(f"/admin/accounts/{staff.audit.pk}/disable/", follow=True)
        assert "最后一个可用的账号" in page.content.decode()

    def test_a_region_gets_a_name(self, staff: Staff) -> None:
        region()
        browser = staff.browsers["system"]
        assert "云溪区" in browser.get("/admin/regions/").content.decode()
        browser.post(f"/admin/regions/{REGION}/", {"name": "云溪新区"})
        assert Region.objects.get(pk=REGION).name == "云溪新区"
        assert rows(browser.get("/admin/regions/?format=xlsx")) == [[REGION, "云溪新区", "县级", "", 0]]
        assert browser.get("/admin/regions/?q=没有").context["page"].paginator.count == 0

    def test_the_level_above_is_made_and_a_district_placed_under_it(self, staff: Staff) -> None:
        region()
        browser, new = staff.browsers["system"], "/admin/regions/new/"
        made = browser.post(new, {"code": "990100", "name": "澄江市", "parent": ""}, follow=True)
        assert "由安全管理员授予角色" in made.content.decode()
        page = browser.get(f"/admin/regions/{REGION}/").content.decode()
        assert '<option value="990100">澄江市</option>' in page
        browser.post(f"/admin/regions/{REGION}/", {"name": "云溪区", "parent": "990100"})
        assert Region.objects.get(pk=REGION).parent_id == "990100"
        assert "1 个地区" in browser.get("/admin/regions/990100/").content.decode()
        listed = browser.get("/admin/regions/", {"q": "990100"}).context["page"].object_list
        assert [one.pk for one in listed] == ["990100", REGION]
        browser.post(new, {"code": "990103", "name": "望山区", "parent": "990100"})
        assert Region.objects.get(pk="990103").parent_id == "990100"

    @pytest.mark.parametrize(
        ("code", "name", "parent", "said"),
        [
            ("9901", "澄江市", "", "应为 6、9 或 12 位数字"),
            ("９９０１００", "澄江市", "", "应为 6、9 或 12 位数字"),
            (REGION, "澄江市", "", "已经是"),
            ("990100", " ", "", "请填写"),
            ("990100", "澄江市", "990000", "没有代码为"),
            ("990100", "澄江市", REGION, "级别不比"),
        ],
    )
    def test_unusable_regions_are_refused(
        self, staff: Staff, code: str, name: str, parent: str, said: str
    ) -> None:
        region()
        sent = {"code": code, "name": name, "parent": parent}
        page = staff.browsers["system"].post("/admin/regions/new/", sent)
        assert page.status_code == 422
        assert said in page.content.decode()
        assert list(Region.objects.values_list("pk", flat=True)) == [REGION]

    def test_queries_of_regions_do_not_grow(self, staff: Staff, django_assert_max_num_queries: Any) -> None:
        city = Region.objects.create(code="990100", name="澄江市", level=2)
        rows = [Region(code=f"9901{n}", name=f"第{n}区", level=3, parent=city) for n in range(10, 50)]
        Region.objects.bulk_create(rows)
        for address in ("/admin/regions/", "/admin/regions/990100/", "/admin/regions/new/"):
            with django_assert_max_num_queries(8):
                assert staff.browsers["system"].get(address).status_code == 200

    def test_health(self, staff: Staff, settings: Any) -> None:
        for _ in range(settings.AXES_FAILURE_LIMIT):
            sign_in(Client(), "system-admin", "Wrong")
        found = staff.browsers["system"].get("/admin/state/").context["health"]
        assert (found.accounts, found.locked, found.refused_today) == (3, 1, settings.AXES_FAILURE_LIMIT)
        assert found.waiting_migrations == 0


class TestSecurity:
    """Roles, administrators, locks, passwords, sessions."""

    def test_roles_come_and_go(self, staff: Staff, person: User) -> None:
        browser, address = staff.browsers["security"], f"/admin/accounts/{person.pk}/"
        body = create_body(region=region().pk, name="区司法局", by=staff.system, at=NOW)
        refused = browser.post(f"{address}roles/", {"role": "liaison", "region": REGION})
        assert refused.status_code == 422
        assert "请选择单位" in refused.content.decode()
        browser.post(f"{address}roles/", {"role": "liaison", "region": REGION, "body": body.pk})
        role = Role.objects.get(user=person)
        assert (role.name, role.body) == ("liaison", body)
        assert "联络员（区司法局）" in browser.get(address).content.decode()
        assert browser.post(f"/admin/accounts/{staff.system.pk}/roles/{role.pk}/revoke/").status_code == 404
        browser.post(f"{address}roles/{role.pk}/revoke/")
        assert not Role.objects.filter(user=person).exists()

    def test_administrators_come_and_go(self, staff: Staff, person: User) -> None:
        browser, address = staff.browsers["security"], f"/admin/accounts/{person.pk}/"
        browser.post(f"{address}administrator/", {"kind": "audit"})
        assert Administrator.objects.get(user=person).kind == "audit"
        refused = browser.post(f"{address}roles/", {"role": "viewer", "region": region().pk})
        assert "不能同时担任业务角色" in refused.content.decode()
        browser.post(f"{address}administrator/end/")
        assert not Administrator.objects.filter(user=person).exists()

    def test_nothing_for_oneself(self, staff: Staff) -> None:
        browser, address = staff.browsers["security"], f"/admin/accounts/{staff.security.pk}/"
        page = browser.get(address).content.decode()
        assert "由另一位管理员办理" in page
        assert "授予" not in page.split("<main")[1].replace("授予角色", "")
        browser.post(f"{address}roles/", {"role": "office", "region": region().pk})
        browser.post(f"{address}administrator/end/")
        browser.post(f"{address}password/")
        assert Administrator.objects.get(user=staff.security).kind == "security"
        assert not Role.objects.exists()
        assert not Event.objects.filter(type="accounts.password.reset").exists()

    def test_a_password_is_reset(self, staff: Staff, person: User) -> None:
        page = staff.browsers["security"].post(f"/admin/accounts/{person.pk}/password/")
        client = Client()
        assert sign_in(client, "wang.min", PASSWORD) == 200
        assert sign_in(client, "wang.min", page.context["password"]) == 302
        assert client.get("/account/")["Location"] == "/account/password/"
        assert Account.objects.get(user=person).password_due

    def test_sessions_are_ended(self, staff: Staff, person: User) -> None:
        client = Client()
        sign_in(client, "wang.min", PASSWORD)
        staff.browsers["security"].post(f"/admin/accounts/{person.pk}/sessions/end/")
        assert client.get("/account/").status_code == 302


class TestAudit:
    """The log, and nothing else."""

    def test_the_log_is_read_filtered_and_taken_away(self, staff: Staff, person: User) -> None:
        browser = staff.browsers["audit"]
        sign_in(Client(), "wang.min", "Wrong")
        sign_in(Client(), "wang.min", PASSWORD)
        for query, expected in (
            ("type=accounts.session.refused", {"accounts.session.refused"}),
            ("q=wang.min&type=accounts.session.begun", {"accounts.session.begun"}),
            ("thing=organization.administrator", {"organization.administrator.appointed"}),
            ("until=2020-01-01", set()),
            ("q=nobody-at-all", set()),
        ):
            shown = browser.get(f"/admin/log/?{query}").context
            assert {event.type for event, *_ in shown["rows"]} == expected, query
            exported = rows(browser.get(f"/admin/log/?{query}&format=xlsx"))
            assert len(exported) == shown["page"].paginator.count
        today = timezone.localdate().isoformat()
        assert browser.get(f"/admin/log/?since={today}&until={today}").context["page"].paginator.count
        assert Event.objects.filter(type="accounts.log.exported").count() == 5

    def test_no_business_in_it(self, staff: Staff, plan: Plan) -> None:
        page = staff.browsers["audit"].get("/admin/log/").content.decode()
        assert "导入方案" in page
        assert plan.title not in page
        assert "云溪区方案.txt" not in page

    def test_an_old_address_is_no_error(self, staff: Staff) -> None:
        browser = staff.browsers["audit"]
        assert browser.get("/admin/log/?type=x&since=never&page=99&sort=y&thing=z").status_code == 200


class TestLists:
    """Lists are searched, filtered, sorted and paged in the database, in as many queries as ever."""

    def test_people_by_state_and_duty(self, staff: Staff, person: User, settings: Any) -> None:
        at = timezone.now()
        user_with("clerk", Role.Name.OFFICE)
        create_account(username="due", name="待改", by=None, at=at)
        User.objects.create_user("gone", is_active=False)
        for _ in range(settings.AXES_FAILURE_LIMIT):
            sign_in(Client(), "clerk", "Wrong")

        def named(**wanted: str) -> set[str]:
            return {user.username for user in people(at=timezone.now(), **wanted)}

        assert named(state="locked") == {"clerk"}
        assert named(state="disabled") == {"gone"}
        assert named(state="due") == {"due"}
        assert named(duty="office") == {"clerk"}
        assert named(duty="audit") == {"audit-admin"}
        assert named(duty="none") == {"due", "gone", "wang.min"}
        assert named(text="王敏") == {"wang.min"}
        exported = rows(staff.browsers["system"].get("/admin/accounts/?state=locked&format=xlsx"))
        assert [row[0] for row in exported] == ["clerk"]

    @pytest.mark.parametrize(("kind", "address"), [("system", "/admin/accounts/"), ("audit", "/admin/log/")])
    def test_queries_do_not_grow(
        self, staff: Staff, kind: str, address: str, django_assert_max_num_queries: Any
    ) -> None:
        here = region()
        body = create_body(region=REGION, name="区司法局", by=staff.system, at=NOW)
        for number in range(60):
            user, _ = create_account(username=f"person-{number}", name="人", body=body, by=None, at=NOW)
            grant(user=user, region=here, role=Role.Name.LIAISON, body=body, by=None, at=NOW)
            grant(user=user, region=here, role=Role.Name.VIEWER, by=None, at=NOW)
        with django_assert_max_num_queries(15):
            page = staff.browsers[kind].get(address)
        assert len(page.context["rows"]) == 25
        assert page.context["page"].paginator.count > 60


@pytest.mark.django_db
def test_the_first_three() -> None:
    names = {"system": "sys", "security": "sec", "audit": "aud"}
    with pytest.raises(refusals.SameNameTwice):
        create_administrators(**{**names, "audit": "sys"}, at=NOW)
    passwords = create_administrators(**names, at=NOW)
    assert {a.user.username: a.kind for a in Administrator.objects.all()} == {
        "sys": "system",
        "sec": "security",
        "aud": "audit",
    }
    for name, password in passwords.items():
        assert sign_in(Client(), name, password) == 302
    with pytest.raises(refusals.AdministratorsThere):
        create_administrators(system="a1", security="b1", audit="c1", at=NOW)
