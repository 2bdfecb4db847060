"""A workbook comes in: sent, looked at, taken over, or sent back with its faults."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.apps.interface.lists import page_of
from luoshi.apps.interface.returned import Fault
from luoshi.apps.interface.sheets import CONTENT_TYPE
from luoshi.apps.interface.workbooks import WorkbookForm
from luoshi.apps.organization.access import check, person, requires
from luoshi.apps.organization.models import Region
from luoshi.apps.registry.models import Upload
from luoshi.apps.registry.operations.importing import apply_upload, receive, stored_rows
from luoshi.apps.registry.queries.effects import Effects
from luoshi.apps.registry.queries.faults import sent_back
from luoshi.apps.registry.views.asking import words
from luoshi.apps.registry.views.body import FORM_METHODS
from luoshi.apps.registry.views.opened import EDIT, frame, region
from luoshi.core.errors import LuoshiError
from luoshi.intake.limits import limits_from_environment

ROWS = 50
RECENT = 8


@requires(EDIT)
@require_http_methods(FORM_METHODS)
def upload(request: HttpRequest) -> HttpResponse:
    """A form for the workbook, and those of late."""
    code = region(request)
    sent = request.method == "POST"
    form = WorkbookForm(request.POST, request.FILES) if sent else WorkbookForm()
    if sent and form.is_valid():
        file = form.cleaned_data["workbook"]
        try:
            found = receive(
                region=code, name=file.name, content=file.read(), by=person(request), at=timezone.now()
            )
        except LuoshiError as error:
            form.add_error("workbook", words(error))
        else:
            return redirect("registry:upload", found.pk)
    context = {
        **frame(request),
        "tab": "import",
        "form": form,
        "region": Region.objects.get(pk=code),
        "uploads": Upload.objects.filter(region_id=code).defer("rows").select_related("by")[:RECENT],
        "limit": limits_from_environment().bytes,
    }
    return render(request, "registry/upload.html", context, status=422 if form.errors else 200)


@requires(EDIT)
@require_safe
def shown(request: HttpRequest, upload: UUID) -> HttpResponse:
    """What a workbook would do: faults, or changes and effects."""
    found = _open(request, upload)
    faults, changes = [Fault(**fault) for fault in found.report["faults"]], found.report["changes"]
    context = {
        **frame(request),
        "tab": "import",
        "upload": found,
        "faults": faults,
        "page": page_of(request, faults or changes, ROWS),
        "counts": _counts(changes),
        "effects": Effects.from_json(found.report["effects"]),
    }
    return render(request, "registry/import.html", context)


def _counts(changes: list[dict[str, str]]) -> list[tuple[str, int]]:
    """How many changes there are of each kind of deed."""
    deeds = [("created", _("新增")), ("changed", _("修改")), ("removed", _("移除"))]
    return [(label, sum(1 for one in changes if one["deed"] == deed)) for deed, label in deeds]


@requires(EDIT)
@require_POST
def apply(request: HttpRequest, upload: UUID) -> HttpResponse:
    """Take a workbook over as it was shown."""
    found = _open(request, upload)
    try:
        apply_upload(upload=found, by=person(request), at=timezone.now())
    except LuoshiError as error:
        messages.error(request, words(error))
        return redirect("registry:upload", found.pk)
    messages.success(request, _("“%(name)s”已写入名录。") % {"name": found.name})
    return redirect("registry:list")


@requires(EDIT)
@require_safe
def faults(request: HttpRequest, upload: UUID) -> HttpResponse:
    """The workbook sent back, its faults beside its rows."""
    found = _open(request, upload)
    content = sent_back(stored_rows(found), [Fault(**fault) for fault in found.report["faults"]])
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    name = _("问题清单") + " " + found.name.rsplit(".", 1)[0] + ".xlsx"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


def _open(request: HttpRequest, upload: UUID) -> Upload:
    found = get_object_or_404(Upload.objects.select_related("by", "region"), pk=upload)
    check(request, EDIT, found)
    return found
