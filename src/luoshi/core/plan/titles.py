"""Titles of documents within sentences."""

from __future__ import annotations

# Marks within marks are of the other kind, by turns (GB/T 15834-2011). Sample: 《…〈…〉…》
_TURNED = str.maketrans("《》〈〉", "〈〉《》")


def within_marks(title: str) -> str:
    """A title as it stands between title marks: marks of its own are turned into the other kind.

    Example:
        >>> f"《{within_marks('云溪区贯彻《实施纲要》重点任务分解方案')}》"
        '《云溪区贯彻〈实施纲要〉重点任务分解方案》'
    """
    return title.translate(_TURNED)
