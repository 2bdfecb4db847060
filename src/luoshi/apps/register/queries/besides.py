"""What apps that stand above this one add to the page of an entry: they register here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser, User

from luoshi.apps.register.models import Entry
from luoshi.core.errors import Phrase


@dataclass(frozen=True, slots=True)
class Beside:
    """A page beside that of an entry.

    Attributes:
        words: how things stand there.
        first: whether the entry goes on there, and the person has to do it.
    """

    label: Phrase
    address: str
    words: str = ""
    first: bool = False


Source = Callable[[User | AnonymousUser, Entry], Iterable[Beside]]
_SOURCES: list[Source] = []


def beside(source: Source) -> Source:
    """Register what gives the pages beside an entry; apps do so when they are loaded."""
    if source not in _SOURCES:
        _SOURCES.append(source)
    return source


def besides(user: User | AnonymousUser, entry: Entry) -> list[Beside]:
    """The pages beside an entry, those first on which it goes on."""
    found = [one for source in _SOURCES for one in source(user, entry)]
    return sorted(found, key=lambda one: not one.first)
