"""Write every generated page that has changed."""

from __future__ import annotations

import sys

from tools.docs.pages import REFERENCE, pages


def main() -> int:
    """Command line; returns the exit code."""
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        target = REFERENCE / name
        if not target.is_file() or target.read_text(encoding="utf-8") != text:
            target.write_text(text, encoding="utf-8")
            print(f"wrote {target.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
