"""Proofs as texts that can be handed out, in the formats of C2SP, each with the checkpoint it leads to.

That an entry is in the log (tlog-proof; the entry itself is the extra data):

    c2sp.org/tlog-proof@v1
    extra eyJhY3RvciI6…
    index 2
    +sVCA+cMyWq/QsksRsmBfzA6wX67hDzBCD9iNfhB4cM=

    luoshi/990102
    3
    …

That the log only grew since a checkpoint (as a log asks a witness for its signature):

    old 2
    xqfMF5cUdGM5bmRBsJd4oTFVgoptCTRbiy+hzhHwlRY=

    luoshi/990102
    …
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass

from luoshi.core.errors import LuoshiError
from luoshi.core.transparency.checkpoint import Checkpoint
from luoshi.core.transparency.proofs import proves_consistency, proves_inclusion
from luoshi.core.transparency.tree import leaf_hash

_HASHES = r"((?:[A-Za-z0-9+/]{43}=\n){0,64})"
# A proof for an entry. A sample stands above.
_INCLUSION = re.compile(
    r"c2sp\.org/tlog-proof@v1\nextra ([A-Za-z0-9+/=]*)\nindex (0|[1-9][0-9]{0,17})\n" + _HASHES
)
# A proof that the log only grew. A sample stands above.
_CONSISTENCY = re.compile(r"old (0|[1-9][0-9]{0,17})\n" + _HASHES)

# Reads a signed checkpoint, or refuses it.
Opened = Callable[[str], Checkpoint]


class NoProof(LuoshiError):
    """A text that is no proof."""

    code = "audit-no-proof"
    zh = "{where}不是证明,或已残缺;请使用“luoshi audit prove”或“luoshi audit growth”给出的原文。"
    en = (
        "{where} is no proof, or only part of one; use the text exactly as “luoshi audit prove” or "
        "“luoshi audit growth” gave it."
    )


class ProofFails(LuoshiError):
    """A proof that does not lead to its checkpoint."""

    code = "audit-proof-fails"
    zh = "{where}不成立:由它推不出检查点中的根;内容被改动过,或检查点属于另一份日志。"
    en = (
        "{where} does not hold: it does not lead to the root in the checkpoint; its content was changed or "
        "the checkpoint is one of another log."
    )


class OldNeeded(LuoshiError):
    """A proof of growth without the checkpoint that it starts from."""

    code = "audit-old-needed"
    zh = "{where}证明日志自 {size} 条以来只增不改,请用 --checkpoint 给出当时({size} 条)的检查点再核验。"
    en = (
        "{where} proves that the log only grew since it had {size} entries; give the checkpoint of that time "
        "with --checkpoint."
    )


@dataclass(frozen=True, slots=True)
class Proved:
    """What a proof proves: that the checkpoint holds `entry` at `number`, or everything of `old`."""

    checkpoint: Checkpoint
    number: int = 0
    entry: bytes | None = None
    old: Checkpoint | None = None


def inclusion_text(entry: bytes, number: int, path: list[bytes], note: str) -> str:
    """A proof that the log of a checkpoint holds the entry at this place."""
    head = f"c2sp.org/tlog-proof@v1\nextra {b64encode(entry).decode()}\nindex {number}\n"
    return f"{head}{_lines(path)}\n{note}"


def consistency_text(old: int, path: list[bytes], note: str) -> str:
    """A proof that the log of a checkpoint begins as it was with `old` entries."""
    return f"old {old}\n{_lines(path)}\n{note}"


def check_proof(text: str, opened: Opened, old: Checkpoint | None, where: object) -> Proved:
    """What a proof proves.

    Args:
        old: for a proof of growth, the checkpoint that it starts from.

    Raises:
        NoProof, ProofFails, OldNeeded: it proves nothing.
        NoCheckpoint, ForeignSignature: the checkpoint in it is not one of this log.
    """
    head, _, note = text.partition("\n\n")
    if inclusion := _INCLUSION.fullmatch(head + "\n"):
        checkpoint = opened(note)
        entry, number = _decoded(inclusion[1], where), int(inclusion[2])
        path = _path(inclusion[3])
        if not proves_inclusion(leaf_hash(entry), number, checkpoint.size, checkpoint.root, path):
            raise ProofFails(where=where)
        return Proved(checkpoint, number, entry)
    growth = _CONSISTENCY.fullmatch(head + "\n")
    if growth is None:
        raise NoProof(where=where)
    checkpoint, size = opened(note), int(growth[1])
    if old is None or old.size != size:
        raise OldNeeded(where=where, size=size)
    if not proves_consistency(size, old.root, checkpoint.size, checkpoint.root, _path(growth[2])):
        raise ProofFails(where=where)
    return Proved(checkpoint, old=old)


def _lines(path: list[bytes]) -> str:
    return "".join(b64encode(hash).decode() + "\n" for hash in path)


def _path(lines: str) -> list[bytes]:
    return [b64decode(line) for line in lines.splitlines()]


def _decoded(text: str, where: object) -> bytes:
    try:
        return b64decode(text, validate=True)
    except ValueError:
        raise NoProof(where=where) from None
