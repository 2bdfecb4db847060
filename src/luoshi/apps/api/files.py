"""Files that a call hands out."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

ANY = "application/octet-stream"


def attachment(content: bytes, name: str, media: str = ANY) -> HttpResponse:
    """A file that no browser opens in place.

    Example:
        >>> attachment(b"x", "a.txt")["Content-Disposition"]
        'attachment; filename="a.txt"'
    """
    response = HttpResponse(content, content_type=media)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
