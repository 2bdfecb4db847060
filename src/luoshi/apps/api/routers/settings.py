"""How a body works: whether its head approves each report."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Schema

from luoshi.apps.api.area import Area, Key, Sent, caller
from luoshi.apps.organization.access import check
from luoshi.apps.organization.models import Body
from luoshi.apps.work.models import Report
from luoshi.apps.work.operations.setting import set_body
from luoshi.apps.work.views.report_steps import OfBody

area = Area("settings")


class SettingOut(Schema):
    """How a body works, and how many reports wait for its head."""

    body_id: int
    head_approves: bool
    waiting: int


class SettingIn(Sent):
    """How a body works."""

    head_approves: bool


@area.read("/bodies/{body}/setting", "work.set", SettingOut, "report")
def one(request: HttpRequest, body: Key) -> Any:
    """How a body works."""
    return _told(_open(request, body))


@area.do("/bodies/{body}/setting", "work.set", SettingOut, "report", method="PUT")
def change(request: HttpRequest, body: Key, sent: SettingIn) -> Any:
    """Say whether the head of a body approves each report before it counts as sent."""
    found, by, now = _open(request, body), caller(request), timezone.now()
    set_body(body=found, head_approves=sent.head_approves, by=by, at=now)
    return _told(get_object_or_404(Body, pk=body))


def _open(request: HttpRequest, body: int) -> Body:
    found = get_object_or_404(Body, pk=body)
    check(request, "work.set", OfBody(found))
    return found


def _told(body: Body) -> dict[str, Any]:
    setting = getattr(body, "work_setting", None)
    waiting = Report.objects.filter(body=body, state=Report.State.SUBMITTED).count()
    approves = setting is not None and setting.head_approves
    return {"body_id": body.pk, "head_approves": approves, "waiting": waiting}
