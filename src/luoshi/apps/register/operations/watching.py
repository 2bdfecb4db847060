"""Who wants to know when an entry has changed: indicators, duties of work, bulletins.

A watcher is called inside the transaction of the change, with the entry as it was and as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from luoshi.apps.register.models import Entry as Row
from luoshi.core.register.acting import Setting
from luoshi.core.register.entry import Entry

Watcher = Callable[[Row, Entry, Setting, datetime], None]
# Told once of many new entries, all under the same rules.
Counter = Callable[[Sequence[tuple[Row, Entry]], Setting, datetime], None]
_WATCHERS: dict[Watcher, Counter | None] = {}


def watch(watcher: Watcher, many: Counter | None = None) -> Watcher:
    """Register a watcher; apps do so when they are loaded.

    Args:
        many: what is called instead for many new entries at once; without it the watcher is, one by one.
    """
    _WATCHERS[watcher] = many
    return watcher


def tell(row: Row, entry: Entry, setting: Setting, at: datetime) -> None:
    """Tell every watcher that an entry has changed."""
    for watcher in _WATCHERS:
        watcher(row, entry, setting, at)


def tell_of_many(begun: Sequence[tuple[Row, Entry]], setting: Setting, at: datetime) -> None:
    """Tell every watcher that these entries have begun."""
    for watcher, many in _WATCHERS.items():
        if many is not None:
            many(begun, setting, at)
            continue
        for row, entry in begun:
            watcher(row, entry, setting, at)
