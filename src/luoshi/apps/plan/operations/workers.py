"""Where imports run: in a thread of this process, a few at a time, or inside the request."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from django.conf import settings
from django.db import connections

# Reading itself happens in child processes; the threads only wait for them and store what they give.
_POOL = ThreadPoolExecutor(max_workers=2, thread_name_prefix="luoshi-import")


def start(work: Callable[[UUID], None], key: UUID) -> None:
    """Do `work(key)` where the installation wants it done."""
    if settings.LUOSHI_JOBS == "inline":
        work(key)
    else:
        _POOL.submit(_in_thread, work, key)


def _in_thread(work: Callable[[UUID], None], key: UUID) -> None:
    try:
        work(key)
    finally:
        # A thread has connections of its own; nobody else would give them back.
        connections.close_all()
