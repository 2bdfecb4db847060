"""What the full test run needs beside Python: install it as root on Debian, or say in one line how to.

    python3 tools/system.py            # exit code 1 when something is missing and was not installed

Runs before anything is installed, so it uses the standard library only.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


@dataclass(frozen=True)
class Need:
    """A Debian package, what the tests do with it, and how to see that it is there."""

    package: str
    use: str
    is_there: Callable[[], bool]


def find_browser() -> str | None:
    """The path of a Chromium, or None."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def find_postgres() -> Path | None:
    """The folder with `initdb`, `pg_ctl` and `postgres` of the newest PostgreSQL, or None."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    on_path = shutil.which("pg_ctl")
    folders = [*reversed(installed), *([Path(on_path).parent] if on_path else [])]
    return next((folder for folder in folders if (folder / "initdb").is_file()), None)


def has_chinese_font() -> bool:
    """Whether a Noto CJK font is installed."""
    return any(
        next(Path(folder).expanduser().rglob("Noto*CJK*"), None) is not None for folder in FONT_FOLDERS
    )


def has_writer() -> bool:
    """Whether LibreOffice is there and can open text documents."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    return program is not None and any(Path(program).resolve().parent.glob("libsw*lo.so"))


NEEDS = (
    Need("chromium", "the browser journeys", lambda: find_browser() is not None),
    Need("postgresql", "the database tests on PostgreSQL", lambda: find_postgres() is not None),
    Need("fonts-noto-cjk", "pages and pdf files with Chinese text", has_chinese_font),
    Need("libreoffice-writer-nogui", "reading doc and wps files", has_writer),
)


def install(packages: list[str]) -> bool:
    """Install Debian packages; returns whether apt says that it worked."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    for update_first in (False, True):
        if update_first:
            subprocess.run(["apt-get", "update", "-q"], env=environment, check=False)
        if subprocess.run(command, env=environment, check=False).returncode == 0:
            return True
    return False


def main() -> int:
    """Command line; returns the exit code."""
    missing = [need for need in NEEDS if not need.is_there()]
    packages = [need.package for need in missing]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"installing {', '.join(packages)}", flush=True)
        install(packages)
        missing = [need for need in missing if not need.is_there()]
    if not missing:
        print(f"found {', '.join(need.package for need in NEEDS)}")
        return 0
    uses = "; ".join(f"{need.package} for {need.use}" for need in missing)
    command = f"sudo apt-get install {' '.join(need.package for need in missing)}"
    print(f"missing: {uses}. Run: {command}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
