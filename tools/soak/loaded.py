"""Loads the product; imported once by the process that forks servers and schedulers."""

from __future__ import annotations

from importlib import import_module

import django

django.setup()
for name in (
    "luoshi.cli.app",
    "luoshi.apps.serving",
    "luoshi.apps.reminders.operations.ticking",
    "luoshi.apps.api.operations.delivering",
    "luoshi.urls",
    "luoshi.wsgi",
    "granian",
):
    import_module(name)
