"""The default: one process, one SQLite file in the data folder."""

from luoshi.settings.base import *  # noqa: F403
