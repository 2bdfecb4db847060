"""Who sees what is bound to a plan, and who says what is."""

from __future__ import annotations

from rules.permissions import add_perm

from luoshi.apps.organization.rules import is_member, is_office, is_viewer

add_perm("binding.view", is_office | is_viewer | is_member)
add_perm("binding.settle", is_office)
