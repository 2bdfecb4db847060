"""Deliveries of a webhook as a workbook, for the page and for the call."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.apps.api.forms.webhooks import event_choices
from luoshi.apps.api.models import Delivery
from luoshi.apps.interface.sheets import moment, sheet_response

COLUMNS = [
    (gettext_lazy("事件"), 20),
    (gettext_lazy("发生时间"), 18),
    (gettext_lazy("状态"), 18),
    (gettext_lazy("尝试次数"), 10),
    (gettext_lazy("最近尝试"), 18),
    (gettext_lazy("答复"), 8),
    (gettext_lazy("原因"), 50),
]


def deliveries_sheet(rows: QuerySet[Delivery]) -> HttpResponse:
    """All of them."""
    return sheet_response(_("推送记录"), COLUMNS, map(_cells, rows))


def _cells(row: Delivery) -> list[str | int]:
    tried = moment(row.tried_at)
    return [
        dict(event_choices()).get(row.kind, row.kind),
        moment(row.event.at),
        str(row.get_state_display()),
        row.tries,
        tried,
        row.status or "",
        row.error,
    ]
