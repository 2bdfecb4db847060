"""What the frame of every page needs to know."""

from __future__ import annotations

from django.http import HttpRequest

from luoshi import __version__
from luoshi.apps.interface.preferences import text_size


def interface(request: HttpRequest) -> dict[str, object]:
    """Adds `text_size` (`normal` or `large`) and `version` to every template."""
    return {"text_size": text_size(request), "version": __version__}
