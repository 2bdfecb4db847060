"""The whole log in a zip that anybody can check with the program that lies in it."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from importlib.resources import files
from typing import IO

from luoshi.apps.audit import keys
from luoshi.apps.audit.models import Checkpoint
from luoshi.apps.audit.queries.entries import PORTION, entry, portions, snapshot
from luoshi.apps.audit.queries.proving import newest
from luoshi.apps.audit.queries.tree import TreeDamaged
from luoshi.core.transparency.tree import Frontier, leaf_hash

README = """\
审计日志的导出 / An audit log

events.jsonl       日志条目,每行一条,逐字节参与散列 / the entries, one a line, hashed byte by byte
checkpoints.jsonl  全部检查点 / every checkpoint
public-key.txt     公钥,请与您留存的核对 / the public key; compare it with the one that you noted
verify_audit.py    核验程序,只需 Python / the program that checks all this; it needs Python alone

    python3 verify_audit.py .

第 n 行是日志的第 n-1 条。格式见 RFC 6962(树)和 C2SP tlog-checkpoint(检查点)。
Line n is entry n-1. The tree is that of RFC 6962, checkpoints are those of C2SP tlog-checkpoint.
"""


def write_export(file: IO[bytes]) -> int:
    """Write the log up to its newest checkpoint.

    Args:
        file: a new file; it may be one that cannot seek.

    Returns:
        How many entries were written.

    Raises:
        TreeDamaged: an entry is not what was sealed; nobody should be given such a log as if it were whole.
    """
    program = files("luoshi.apps.audit").joinpath("verify_audit.py").read_text(encoding="utf-8")
    # Entries repeat their wording; more effort than the least gains next to nothing.
    with snapshot(), zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        last = newest()
        if last is None:
            raise TreeDamaged
        key = keys.signing_key(make=False).public
        checkpoint = keys.opened(last.note, key, keys.words(last.number))
        target.writestr("README.txt", README)
        target.writestr("verify_audit.py", program)
        target.writestr("public-key.txt", f"{key}\n")
        with target.open("checkpoints.jsonl", "w") as lines:
            for note in _notes(last.number):
                lines.write(json.dumps(note, ensure_ascii=False).encode() + b"\n")
        tree = Frontier()
        with target.open("events.jsonl", "w", force_zip64=True) as lines:
            for written, hash in _entries(checkpoint.size):
                tree.add(hash)
                lines.write(written + b"\n")
        if (tree.size, tree.root()) != (checkpoint.size, checkpoint.root):
            raise TreeDamaged
    return tree.size


def _entries(size: int) -> Iterator[tuple[bytes, bytes]]:
    for portion in portions():
        for number, _, kept, values in portion:
            if number >= size:
                return
            written = entry(values) if values else b""
            hash = leaf_hash(written)
            if values is None or hash != kept:
                raise TreeDamaged
            yield written, hash


def _notes(last: int) -> Iterator[str]:
    after = 0
    found = Checkpoint.objects.filter(number__lte=last).order_by("number")
    while portion := list(found.filter(number__gt=after).values_list("number", "note")[:PORTION]):
        yield from (note for _, note in portion)
        after = portion[-1][0]
