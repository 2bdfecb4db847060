"""The tree of regions: what lies above and beneath, and how a region gets its place."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from luoshi.apps.audit.models import Event
from luoshi.apps.organization.models import Region
from luoshi.apps.organization.operations import appoint, change_region
from luoshi.apps.organization.operations.refusals import RegionUnknown
from luoshi.apps.organization.queries.tree import regions_above, regions_below
from tests.apps import factories

pytestmark = pytest.mark.django_db
CHAIN = (("990000", 1), ("990100", 2), ("990102", 3), ("990102001", 4), ("990102001001", 5))


@pytest.fixture
def chain() -> list[str]:
    """A province down to a village."""
    parent = None
    for code, level in CHAIN:
        parent = Region.objects.create(code=code, name=f"第{level}级", level=level, parent=parent)
    return [code for code, _ in CHAIN]


def test_above_and_beneath_reach_to_the_ends(chain: list[str]) -> None:
    assert regions_above(chain[-1]) == chain[-2::-1]
    assert regions_above("999999") == []
    assert set(regions_below([chain[0]]).values_list("pk", flat=True)) == set(chain[1:])
    assert not regions_below([chain[-1]]).exists()


def test_a_region_gets_its_place_with_one_record(chain: list[str]) -> None:
    office = factories.office("clerk", "990102")
    other = Region.objects.create(code="990103", name="望山区", level=3)
    change_region(region=other, name="望山区", parent="990100", by=office, at=factories.NOW)
    assert regions_above("990103") == ["990100", "990000"]
    assert Event.objects.get(type="organization.region.placed").detail == {"before": None, "after": "990100"}
    change_region(region=other, name="望山区", parent="", by=office, at=factories.NOW)
    assert regions_above("990103") == []
    with pytest.raises(RegionUnknown):
        change_region(region=other, name="望山区", parent="123456", by=office, at=factories.NOW)


def test_the_system_administrator_sets_it_on_a_page(client: Client, chain: list[str]) -> None:
    user = factories.user_with("system", None)
    appoint(user=user, kind="system", by=None, at=factories.NOW)
    client.force_login(user)
    address = reverse("accounts:region", args=["990102"])
    refused = client.post(address, {"name": "云溪区", "parent": "990102001"})
    assert refused.status_code == 422
    assert client.post(address, {"name": "云溪区", "parent": "990000"}).status_code == 302
    assert Region.objects.get(pk="990102").parent_id == "990000"
