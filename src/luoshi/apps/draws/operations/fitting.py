"""What people type for a draw, as its record keeps it: one line, and not longer than its column."""

from __future__ import annotations

from django.db.models import Model

from luoshi.apps.draws.operations.refusals import TooLong


def fitted(model: type[Model], field: str, text: str) -> str:
    """The text on one line, its spaces made single.

    Args:
        model: whose column `field` will hold it.

    Raises:
        TooLong: the column is shorter.
    """
    column = model._meta.get_field(field)
    line, most = " ".join(text.split()), getattr(column, "max_length", None)
    if most is not None and len(line) > most:
        raise TooLong(field=str(getattr(column, "verbose_name", field)), most=most, n=len(line))
    return line
