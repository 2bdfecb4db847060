"""Who wants to know when an entry has changed: indicators, duties of work, bulletins.

A watcher is called inside the transaction of the change, with the entry as it was and as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from luoshi.apps.register.models import Entry as Row
from luoshi.core.register.acting import Setting
from luoshi.core.register.entry import Entry

Watcher = Callable[[Row, Entry, Setting, datetime], None]
_WATCHERS: list[Watcher] = []


def watch(watcher: Watcher) -> Watcher:
    """Register a watcher; apps do so when they are loaded."""
    if watcher not in _WATCHERS:
        _WATCHERS.append(watcher)
    return watcher


def tell(row: Row, entry: Entry, setting: Setting, at: datetime) -> None:
    """Tell every watcher that an entry has changed."""
    for watcher in _WATCHERS:
        watcher(row, entry, setting, at)
