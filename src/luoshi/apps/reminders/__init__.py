"""Reminders: one digest a person and day, by page and by mail; calendars; the clock that drives all of it."""
