"""The command `luoshi`."""

from __future__ import annotations

import sys
from io import TextIOWrapper


def main() -> None:
    """Run the command line. Ctrl-C and a reader that hangs up (`luoshi read … | head`) end it quietly."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # What Luoshi prints is UTF-8 wherever it runs; half a character must not stop a whole report.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        from luoshi.cli.app import application

        app = application(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
    app()
