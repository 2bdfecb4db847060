"""The page that asks before a change moves tasks."""

from __future__ import annotations

import re

# The seal in the button of the page that asks. Sample: name="seal" value="0123456789abcdef"
SEAL = re.compile(r'name="seal" value="(\w+)"')


def seal_of(html: str) -> str:
    """What to send back to agree to the effects that a page shows."""
    found = SEAL.search(html)
    assert found is not None, html
    return found[1]
