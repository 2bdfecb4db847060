"""From which sheets a person can begin entries of a mechanism, and for which bodies."""

from __future__ import annotations

from django.contrib.auth.models import User

from luoshi.apps.bulk.queries.columns import Layout, layout_of
from luoshi.apps.organization.models import Body
from luoshi.apps.register.queries.acting import may_begin
from luoshi.core.mechanism.declaration import Mechanism


def offers(user: User, mechanism: Mechanism) -> list[tuple[Layout, list[Body]]]:
    """The first steps that the person may take from a sheet, and for which bodies."""
    found = ((layout_of(mechanism, step), bodies) for step, _, bodies in may_begin(user, mechanism))
    return [(layout, list(bodies)) for layout, bodies in found if layout.possible]
