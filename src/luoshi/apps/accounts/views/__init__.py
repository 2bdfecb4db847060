"""Signing in, one's own account, and the pages of the three administrators."""
