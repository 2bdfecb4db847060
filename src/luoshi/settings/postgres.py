"""For many offices at once: PostgreSQL at `LUOSHI_DATABASE_URL`."""

from django.core.exceptions import ImproperlyConfigured

from luoshi.settings.base import *  # noqa: F403
from luoshi.settings.base import ENVIRONMENT

if not ENVIRONMENT.database_url.startswith("postgres"):
    raise ImproperlyConfigured(
        "luoshi.settings.postgres needs LUOSHI_DATABASE_URL=postgresql://USER:PASSWORD@HOST:PORT/NAME"
    )
