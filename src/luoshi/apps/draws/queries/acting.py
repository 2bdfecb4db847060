"""Who may run a draw, and who may call it off."""

from __future__ import annotations

from luoshi.apps.register.models import Entry
from luoshi.apps.register.queries.acting import Somebody, actors
from luoshi.core.mechanism.drawing import Drawing


def may_run(user: Somebody, entry: Entry, drawing: Drawing) -> bool:
    """Whether a person may prepare, commit, draw and record answers."""
    return bool(actors(user, entry) & set(drawing.who))


def may_cancel(user: Somebody, entry: Entry, drawing: Drawing) -> bool:
    """Whether a person may call the draw off in public."""
    return bool(actors(user, entry) & set(drawing.cancelled_by))
