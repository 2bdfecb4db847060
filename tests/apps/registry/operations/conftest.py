"""A small registry, and sending its workbook in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User

from luoshi.apps.organization.models import Body
from luoshi.apps.organization.operations import add_members, create_body
from luoshi.apps.registry.models import Upload
from luoshi.apps.registry.operations import importing
from luoshi.apps.registry.operations.importing import receive
from luoshi.core.credit_code import compose
from tests.apps.factories import NOW, REGION
from tests.apps.registry.sending import Send
from tests.apps.registry.workbooks import Rows, edited, rows_of

CODE = compose(authority="11", region=REGION, number="MB000001")


@pytest.fixture
def send(office: User, registry: dict[str, Body], monkeypatch: pytest.MonkeyPatch) -> Send:
    """Uploads the export after a change; read in this process, because the guard has tests of its own."""
    monkeypatch.setattr(importing, "_read", lambda name, content: rows_of(content))

    def send_changed(change: Callable[[Rows], object]) -> Upload:
        return receive(region=REGION, name="名录.xlsx", content=edited(change), by=office, at=NOW)

    return send_changed


@pytest.fixture
def registry(office: User) -> dict[str, Body]:
    """A bureau with an office below it, two towns, and a group of the towns."""

    def make(name: str, **values: Any) -> Body:
        return create_body(region=REGION, name=name, by=office, at=NOW, **values)

    bureau = make("区教育局", line="government", credit_code=CODE, level=3)
    found = [
        bureau,
        make("区招生办", parent=bureau),
        make("柳河镇", kind="town", line="township"),
        make("石桥镇", kind="town", line="township"),
    ]
    group = make("各镇", collective=True)
    add_members(group=group, members=found[2:], by=office, at=NOW)
    return {body.name: body for body in [*found, group]}
