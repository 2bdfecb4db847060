"""Writes `docs/reference/` from the code, so that no command, setting or code can go undocumented.

python -m tools.docs            # `make docs`; the tests fail when a page is stale
"""
