"""Who may do what with draws: those who may with the entry. The declaration says who runs a draw."""

from __future__ import annotations

from rules.permissions import add_perm

from luoshi.apps.organization.rules import is_member, is_office
from luoshi.apps.register.rules import handles, looks

add_perm("draws.view", is_office | (is_member & handles) | looks)
add_perm("draws.run", is_office | (is_member & handles))
