"""The registry as a workbook: taken away, sent back, looked at, taken over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import File, Schema, Status, UploadedFile

from luoshi.apps.api.area import Asked, Paged, Where, afterwards, caller, paged
from luoshi.apps.api.routers.effects import EffectsOut, told
from luoshi.apps.api.routers.registry import area
from luoshi.apps.api.uploads import FaultOut, UploadOut, workbook
from luoshi.apps.interface.returned import Fault
from luoshi.apps.organization.access import check
from luoshi.apps.organization.models import Region
from luoshi.apps.registry.models import Upload
from luoshi.apps.registry.operations.importing import apply_upload, look_again, receive, stored_rows
from luoshi.apps.registry.operations.refusals import RegistryChangedMeanwhile
from luoshi.apps.registry.queries.effects import Effects
from luoshi.apps.registry.queries.faults import sent_back
from luoshi.apps.registry.queries.workbook import write_registry
from luoshi.apps.registry.views.opened import EDIT, VIEW, region, regions


class UploadWhole(UploadOut):
    """A workbook, and what taking it over would do to tasks."""

    effects: EffectsOut

    @staticmethod
    def resolve_effects(upload: Any) -> Any:
        return told(Effects.from_json(upload.report.get("effects", {})))


class RegistryChange(Schema):
    """A body or group that is `created`, `changed` or `removed`; of each field the value before and after."""

    sheet: str
    deed: str
    name: str
    fields: list[list[Any]]


@area.read("/registry/workbook", VIEW, None)
def workbook_of(request: HttpRequest, where: Where) -> HttpResponse:
    """The whole registry of a region as a workbook, to change and to send back."""
    code = region(request, VIEW)
    name = f"{Region.objects.get(pk=code)}{_('单位名录')} {timezone.localdate()}.xlsx"
    return workbook(write_registry(code), name)


@area.read("/registry/uploads", EDIT, Paged[UploadOut], "office")
def uploads(request: HttpRequest, asked: Asked) -> Any:
    """Workbooks of one's regions, the newest first."""
    rows = Upload.objects.filter(region_id__in=regions(request, EDIT)).defer("rows")
    return paged(rows.order_by("-at", "pk"), asked)


@area.do("/registry/uploads", EDIT, {201: UploadWhole}, "office")
def receive_one(request: HttpRequest, file: File[UploadedFile], where: Where) -> Any:
    """Send a workbook: it says what it would do, and changes nothing yet."""
    code, by, now = region(request), caller(request), timezone.now()
    return Status(201, receive(region=code, name=file.name or "", content=file.read(), by=by, at=now))


@area.read("/registry/uploads/{upload}", EDIT, UploadWhole, "office")
def upload(request: HttpRequest, upload: UUID) -> Any:
    """A workbook and its effects."""
    return _open(request, upload)


@area.read("/registry/uploads/{upload}/changes", EDIT, Paged[RegistryChange], "office")
def upload_changes(request: HttpRequest, upload: UUID, asked: Asked) -> Any:
    """What a workbook would change."""
    return paged(_open(request, upload).report["changes"], asked)


@area.read("/registry/uploads/{upload}/faults", EDIT, Paged[FaultOut], "office")
def upload_faults(request: HttpRequest, upload: UUID, asked: Asked) -> Any:
    """What is wrong in a workbook."""
    return paged(_open(request, upload).report["faults"], asked)


@area.read("/registry/uploads/{upload}/faults/file", EDIT, None, "office")
def faults_file(request: HttpRequest, upload: UUID) -> HttpResponse:
    """The workbook sent back, its faults beside its rows."""
    found = _open(request, upload)
    content = sent_back(stored_rows(found), [Fault(**one) for one in found.report["faults"]])
    return workbook(content, f"{_('问题清单')} {found.name.rsplit('.', 1)[0]}.xlsx")


@area.do("/registry/uploads/{upload}/apply", EDIT, UploadWhole, "office")
def apply(request: HttpRequest, upload: UUID) -> Any:
    """Take a workbook over as it was shown; if it would do something else by now, look at it again."""
    found = _open(request, upload)
    try:
        return apply_upload(upload=found, by=caller(request), at=timezone.now())
    except RegistryChangedMeanwhile:
        afterwards(request, lambda: look_again(found))
        raise


def _open(request: HttpRequest, upload: UUID) -> Upload:
    found = get_object_or_404(Upload.objects.select_related("region"), pk=upload)
    check(request, EDIT, found)
    return found
