"""Damage files of every format at random and see that reading them ends in a plan or in one clear error.

    python -m tools.fuzz --minutes 5            # `make fuzz`; files that break a reader are kept in var/fuzz

A reading must end within its limit of time, raise nothing but the errors that users are meant to read, leave
nothing in the temporary folder, and give spans that quote the text.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

from luoshi.core.document.limits import Limits
from luoshi.core.errors import LuoshiError
from luoshi.core.plan.model import Plan
from luoshi.intake.guard import read_file
from tools.sample.content import SAMPLES

FOUND = Path("var/fuzz")
SEEDS = tuple(sorted(path for path in SAMPLES.iterdir() if path.stem == "yunxi"))
LIMITS = Limits(seconds=10)
# What a reading may cost above its limit: starting and ending a process.
GRACE = 5.0

# Bytes that mean something to a format: they reach deeper than noise.
TOKENS = (
    *(
        b"\x00",
        b"\xff\xfe",
        b"<",
        b"</",
        b">",
        b"&#0;",
        b"]]>",
        b"PK\x03\x04",
        b"%PDF-1.7",
        b"endobj",
        b"stream",
    ),
    *(b"-1", b"99999999999", b"|", "一、".encode(), "责任部门:".encode(), "各".encode() * 50),
)


def damage(data: bytes, random: Random) -> bytes:
    """The bytes with one to eight changes; in a container often inside one of its parts.

    Text mostly stays text: random bytes would only ever show that it is no UTF-8 any more.
    """
    if zipfile.is_zipfile(io.BytesIO(data)) and random.random() < 0.7:
        return _damage_part(data, random)
    return _change_some(data, random)


def _change_some(data: bytes, random: Random) -> bytes:
    try:
        text = data.decode() if random.random() < 0.8 else ""
    except UnicodeDecodeError:
        text = ""
    # UTF-16 holds each of these characters in two bytes, so changing pairs of bytes keeps it text.
    changed = bytearray(text.encode("utf-16-le") if text else data)
    step = 2 if text else 1
    for _ in range(random.randint(1, 8)):
        _change(changed, random, step)
    return changed.decode("utf-16-le", "ignore").encode("utf-8", "ignore") if text else bytes(changed)


def _change(data: bytearray, random: Random, step: int) -> None:
    at = random.randrange(len(data) // step + 1) * step
    length = random.choice((1, 2, 4, 16, 256, 4096)) * step
    match random.randrange(5):
        case 0:
            data[at : at + step] = random.randbytes(step)
        case 1:
            del data[at : at + length]
        case 2:
            token = random.choice(TOKENS)
            data[at:at] = token.decode("utf-8", "ignore").encode("utf-16-le") if step == 2 else token
        case 3:
            data[at:at] = data[at : at + length] * random.randint(1, 3)
        case _:
            if random.random() < 0.1:
                del data[at:]


def _damage_part(data: bytes, random: Random) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = random.choice(names)
        dropped = random.random() < 0.1
        for name in names:
            if name != chosen:
                new.writestr(name, old.read(name))
            elif not dropped:
                new.writestr(name, _change_some(old.read(name), random))
    return made.getvalue()


def check(read: Callable[[], Plan]) -> str:
    """What became of a reading: `plan`, or the code of the error that a user would see.

    Raises:
        AssertionError: a span does not lie in the text.
        Exception: anything else that the reading raised; that is a fault.
    """
    try:
        plan = read()
    except LuoshiError as error:
        return error.code
    for task in plan.tasks:
        bodies = (*task.leads, *task.responsibles)
        assert all(body.span.of(plan.text) == body.printed for body in bodies)
        assert all(value.span.of(plan.text) == value.quote for value in (*task.targets, *task.deadlines))
        assert task.span.end <= len(plan.text)
    return "plan"


def _try(seed: int, folder: Path) -> tuple[str, str]:
    """One damaged file: its format and what became of it; a fault keeps the file."""
    random = Random(seed)
    source = random.choice(SEEDS)
    path = folder / f"{seed}{source.suffix}"
    path.write_bytes(damage(source.read_bytes(), random))
    begun = time.monotonic()
    try:
        outcome = check(lambda: read_file(path, LIMITS)[1])
        if time.monotonic() - begun > LIMITS.seconds + GRACE:
            outcome = "FAULT: over the limit of time"
    except Exception as error:  # every other end of a reading is what we look for
        outcome = f"FAULT: {type(error).__name__}: {error}"
    if outcome == "document-reader-failed":
        # Reported well, but a reader has crashed: worth a look.
        outcome = "FAULT: the reader crashed"
    if outcome.startswith("FAULT"):
        FOUND.mkdir(parents=True, exist_ok=True)
        shutil.move(path, FOUND / path.name)
    else:
        path.unlink()
    return source.suffix, outcome


def main() -> int:
    """Command line; 1 if a fault was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=int(time.time()), help="the first; the others count up")
    options = parser.parse_args()
    print(f"first seed {options.seed}")
    ends = time.monotonic() + options.minutes * 60
    seen: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory(prefix="luoshi-fuzz-") as name:
        # Readers make their temporary files below this folder, where anything left can be told apart.
        os.environ["TMPDIR"] = tempfile.tempdir = name
        seed = options.seed
        while time.monotonic() < ends:
            result = _try(seed, Path(name))
            seen[result] += 1
            if result[1].startswith("FAULT"):
                print(f"seed {seed} {result[0]}: {result[1]}", flush=True)
            seed += 1
        left = list(Path(name).iterdir())
    for (suffix, outcome), count in sorted(seen.items()):
        print(f"{count:8} {suffix:6} {outcome}")
    if left:
        print(f"left in the temporary folder: {sorted(path.name for path in left)}")
    return 1 if left or any(outcome.startswith("FAULT") for _, outcome in seen) else 0


if __name__ == "__main__":
    sys.exit(main())
