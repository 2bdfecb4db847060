"""Where in the file a task stands, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from luoshi.apps.document.models import StoredDocument
from luoshi.apps.document.operations import load
from luoshi.core.document.encoding import decode_declared
from luoshi.core.document.model import FilePlace
from luoshi.core.document.places import Lines, place_of, place_words
from luoshi.core.source import Span


def place_in_file(document: int, start: int, end: int, language: str) -> str:
    """Page, paragraph, cell or line of the first character of a span; empty when the file does not say."""
    stored = StoredDocument.objects.get(pk=document)
    place = place_of(load(stored), Span(start, end))
    if not isinstance(place, FilePlace):
        return place_words(place, language)
    text = decode_declared(bytes(stored.content), file=stored.name)[0]
    line, _column = Lines.of(text).locate(place.offset)
    return _("第 %(line)d 行") % {"line": line}
