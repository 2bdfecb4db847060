"""The original comes back as an attachment, to those who may see it."""

from __future__ import annotations

from urllib.parse import quote

from django.test import Client
from django.urls import reverse

from luoshi.apps.plan.models import Plan
from tests.apps.factories import plan_text, user_with


def test_the_file_is_an_attachment_that_nobody_sniffs(desk: Client, plan: Plan) -> None:
    response = desk.get(reverse("document:original", args=[plan.document_id]))
    assert response.content == plan_text().encode()
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('云溪区方案.txt')}"
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_other_regions_do_not_get_it(client: Client, plan: Plan) -> None:
    client.force_login(user_with("neighbour", "office", "990103"))
    assert client.get(reverse("document:original", args=[plan.document_id])).status_code == 403
