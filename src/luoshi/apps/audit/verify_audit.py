"""Check an audit log that was handed out, with Python alone. / 核验导出的审计日志,只需 Python(3.9 或更新)。

    python3 verify_audit.py EXPORT [CHECKPOINT ...] [--key KEY]

EXPORT is the folder or zip, CHECKPOINT a text that you were given earlier, KEY the public key as you noted
it: the key inside an export is worth as much as whoever gave it to you. Entries are counted from 0.
Ends with 0: all is as it was signed; 1: something was changed; 2: this cannot be read.
"""

import base64
import functools
import hashlib
import itertools
import json
import re
import sys
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

# Ed25519 as in RFC 8032; points of the curve are (X, Y, Z, T).
P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(a: Any, b: Any) -> Any:
    m, n = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = n - m, d - c, d + c, n + m
    return e * f % P, g * h % P, f * g % P, e * h % P


def point(data: bytes) -> Any:
    number = int.from_bytes(data, "little")
    y, odd = number & (2**255 - 1), number >> 255
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x * pow(2, (P - 1) // 4, P) % P if (x * x - square) % P else x
    if len(data) != 32 or y >= P or (x * x - square) % P or (x == 0 and odd):
        return None
    x = P - x if x & 1 != odd else x
    return x, y, 1, x * y % P


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    a, r, s = point(key), point(signature[:32]), int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or a is None or r is None or s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    minus, total = (P - a[0], a[1], 1, P - a[3]), (0, 1, 1, 0)
    terms = None, BASE, minus, add(BASE, minus)
    for bit in range(252, -1, -1):
        total = add(total, total)
        chosen = (s >> bit & 1) + 2 * (k >> bit & 1)
        total = add(total, terms[chosen]) if chosen else total
    return not (total[0] - r[0] * total[2]) % P and not (total[1] - r[1] * total[2]) % P


class Wrong(Exception): ...


# A note: "luoshi/990102\n3\nrra8…=\nnumber 1\ntime 2026-03-02T01:30:00.000000Z\n\n— luoshi/990102 hI2D…\n"
NOTE = re.compile(r"(\S+)\n(0|[1-9]\d{0,17})\n(\S{43}=)\nnumber (\d{1,18})\ntime (\S{26})Z\n\n(.*)", re.S)


def checkpoint(text: str, key: str, where: str) -> dict[str, Any]:
    found = NOTE.fullmatch(text)
    if not found:
        raise Wrong(f"{where}: 不是检查点,或已残缺 / no checkpoint, or only part of one")
    name, hint, raw = key.strip().split("+", 2)
    body, public = text[: found.start(6) - 1].encode(), base64.b64decode(raw)[1:]
    for line in found[6].splitlines():
        mark, _, hashed = line.partition(f" {name} ")
        given = base64.b64decode(hashed) if mark == "—" else b""
        if given[:4].hex() == hint and is_signed(public, body, given[4:]):
            words = f"第 {found[4]} 号检查点 / checkpoint {found[4]} ({found[5]}Z, {found[2]})"
            when, root = datetime.fromisoformat(found[5]), base64.b64decode(found[3])
            return {"size": int(found[2]), "root": root, "number": int(found[4]), "at": when, "words": words}
    raise Wrong(f"{where}: 签名与公钥不符,内容被改动或公钥不对 / the signature does not fit the key")


def sha(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def root_of(peaks: list[bytes]) -> bytes:
    total = peaks[-1] if peaks else sha()
    return functools.reduce(lambda right, left: sha(b"\x01", left, right), peaks[-2::-1], total)


def check_entries(lines: Any, held: list[dict[str, Any]]) -> int:
    peaks: list[bytes] = []
    size, good, earliest = 0, 0, ""
    held = sorted(held, key=lambda one: one["size"])
    for line in itertools.chain(lines, [None]):
        while held and held[0]["size"] == size:
            now = held.pop(0)
            if root_of(peaks) != now["root"]:
                raise Wrong(f"第 {good} 至 {size - 1} 条被改动或增删 / entries were changed: {now['words']}")
            good, earliest = size, max(earliest, (now["at"] - timedelta(hours=1)).isoformat())
        if line is None:
            break
        if json.loads(line)["at"] < earliest:
            raise Wrong(f"第 {size} 条的时间被提前 / entry {size} is back-dated: {line[:300].decode()}")
        whole, place, size = sha(b"\x00", line.rstrip(b"\n")), size, size + 1
        while place & 1:
            whole, place = sha(b"\x01", peaks.pop(), whole), place >> 1
        peaks.append(whole)
    if held:
        raise Wrong(f"末尾缺失,只有 {size} 条 / the end is missing, only {size} entries: {held[-1]['words']}")
    if size > good:
        raise Wrong(f"第 {good} 条起没有检查点 / no checkpoint holds the entries from {good} on")
    return size


def check(export: str, outside: list[str], key: str) -> int:
    folder = zipfile.Path(export) if Path(export).is_file() else Path(export)
    key = key or (folder / "public-key.txt").read_text(encoding="utf-8")
    notes = (folder / "checkpoints.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    held = [checkpoint(json.loads(note), key, f"checkpoints.jsonl:{n}") for n, note in enumerate(notes, 1)]
    if [one["number"] for one in held] != list(range(1, len(held) + 1)):
        raise Wrong("检查点的编号不连续 / the numbers of the checkpoints have gaps")
    held += [checkpoint(Path(name).read_text(encoding="utf-8"), key, name) for name in outside]
    with (folder / "events.jsonl").open("rb") as lines:
        size = check_entries(lines, held)
    print(f"日志完好 / intact: {size} 条 entries, {len(held)} 个检查点 checkpoints; {key.strip()}")
    return 0


def main(arguments: list[str]) -> int:
    where = arguments.index("--key") if "--key" in arguments[:-1] else len(arguments)
    key, names = "".join(arguments[where + 1 : where + 2]), arguments[:where] + arguments[where + 2 :]
    if not names:
        sys.exit(__doc__)
    try:
        return check(names[0], names[1:], key)
    except Wrong as wrong:
        print(wrong)
        return 1
    except Exception as error:
        print(f"无法读取,导出文件不完整或已损坏 / cannot be read, incomplete or damaged: {error!r}")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
