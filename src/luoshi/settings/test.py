"""For the tests: quick password hashing, jobs inside the request, the database at `LUOSHI_DATABASE_URL`."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

# Before `base` reads the environment: tests never touch the data of the person who runs them.
os.environ.setdefault("LUOSHI_DATA", str(Path(tempfile.gettempdir()) / f"luoshi-tests-{os.getuid()}"))
os.environ.setdefault("LUOSHI_SECRET_KEY", "only-for-tests")
os.environ.setdefault("LUOSHI_DATABASE_URL", "sqlite:///:memory:")

from luoshi.settings.base import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LUOSHI_JOBS = "inline"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
