"""Giving the original file back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from luoshi.apps.document.models import StoredDocument
from luoshi.apps.document.operations import hand_out
from luoshi.apps.organization.access import check, person, requires


@requires("document.download")
@require_safe
def original(request: HttpRequest, document: int) -> HttpResponse:
    """The file as it was uploaded, as an attachment that no browser opens in place."""
    stored = get_object_or_404(StoredDocument, pk=document)
    check(request, "document.download", stored)
    content = hand_out(document=stored, by=person(request), at=timezone.now())
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, stored.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
