"""What can be wrong with a declaration: the file, the line, the place in it, and what is allowed there."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from luoshi.core.errors import LuoshiError, Phrase

# More names than this are not listed in a message.
_LISTED = 12


class DeclarationWrong(LuoshiError):
    """A declaration that cannot be loaded. It fails at start-up, never at use."""

    code = "declaration-wrong"
    zh = "{file}第{line}行({place}):{problem}"
    en = "{file}, line {line} ({place}): {problem}"


def unknown(name: str, allowed: Iterable[str]) -> Phrase:
    """Says that a name is not known, and which are; the nearest alone where one is near.

    Example:
        >>> print(unknown("lable", ["label", "help"]).en)
        “lable” is not known here; did you mean “label”?
    """
    names = sorted(allowed)
    near = get_close_matches(name, names, n=1, cutoff=0.7)
    if near:
        return Phrase(
            f"不认识“{name}”,是否应为“{near[0]}”?", f"“{name}” is not known here; did you mean “{near[0]}”?"
        )
    if not names:
        return Phrase(f"此处不能写“{name}”,请删除。", f"“{name}” cannot stand here; remove it.")
    shown = names[:_LISTED]
    more_zh, more_en = ("等", " and others") if len(names) > _LISTED else ("", "")
    return Phrase(
        f"不认识“{name}”;可以写:{'、'.join(shown)}{more_zh}。",
        f"“{name}” is not known here; write one of {', '.join(shown)}{more_en}.",
    )
