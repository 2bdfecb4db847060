"""Who may do what with webhooks. What a token opens is decided by the rules of the thing itself."""

from __future__ import annotations

from rules.permissions import add_perm

from luoshi.apps.organization.rules import is_office

add_perm("api.webhooks", is_office)
