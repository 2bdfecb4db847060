"""Who may see which numbers: a whole region for its office and viewers, their own bodies for all others."""

from __future__ import annotations

from rules.permissions import add_perm

from luoshi.apps.organization.rules import is_member, is_office, is_viewer

add_perm("indicator.view", is_office | is_member | is_viewer)
