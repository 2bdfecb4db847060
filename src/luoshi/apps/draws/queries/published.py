"""What the declaration publishes of the entry that a draw belongs to."""

from __future__ import annotations

from datetime import date

from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.models import Entry
from luoshi.apps.register.queries.loading import loaded, setting_of
from luoshi.apps.register.queries.showing import Shown, shown


def published(entry: Entry, today: date, language: str) -> list[Shown]:
    """The public fields of an entry that is public, in the order of the declaration; otherwise nothing."""
    mechanism = catalogue().version(entry.mechanism, entry.version)
    publication = mechanism.register.publication
    if not entry.public or publication is None:
        return []
    values = shown(mechanism, entry, loaded(entry), setting_of(entry), today, language)
    by_key = {one.field.key: one for one in values if one.field.public}
    return [by_key[key] for key in publication.columns if key in by_key]
