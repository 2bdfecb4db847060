"""To-dos of apps that stand above this one: they register here, and the desk shows and counts them too."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.functional import Promise

if TYPE_CHECKING:
    from luoshi.apps.work.queries.desk import Scope


@dataclass(frozen=True, slots=True)
class Line:
    """One to-do.

    Attributes:
        title: what it is about.
        day: on which it hangs.
        address: of the page on which it is done.
        rank: of its light, if it has one.
        asker: who asks for it.
        right: what that rests on.
    """

    title: str
    day: date | None
    address: str
    rank: int | None = None
    asker: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of to-do of another app.

    Attributes:
        key: unique among all kinds.
        title: what is to be done.
        concerns: whether it can concern somebody.
        rows: everything of this kind that does.
        day: the field with the day that it hangs on.
        lines: some of these rows as lines.
        address: of the list that holds them all.
        asks: whether the person has something to do; otherwise it is only kept in view.
        shape: what the query of `rows` depends on beside who asks and when.
    """

    key: str
    title: Promise | str
    concerns: Callable[[Scope], bool]
    rows: Callable[[Scope, date], QuerySet[Any]]
    day: str
    lines: Callable[[Iterable[Any], date], Iterable[Line]]
    address: Callable[[], str]
    asks: bool = True
    shape: Callable[[], Hashable] = lambda: None

    def groups(self, scope: Scope, today: date) -> QuerySet[Any, Any]:
        """Key and day of every to-do, to be counted with those of the desk."""
        return self.rows(scope, today).order_by().values_list("pk", self.day)


_SOURCES: dict[str, Source] = {}


def register(source: Source) -> Source:
    """Put a kind of to-do on the desk; called when an app gets ready."""
    _SOURCES[source.key] = source
    return source


def sources_for(scope: Scope) -> tuple[Source, ...]:
    """The registered kinds that can concern somebody."""
    return tuple(source for source in _SOURCES.values() if source.concerns(scope))
