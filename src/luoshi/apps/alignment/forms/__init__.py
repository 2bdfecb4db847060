"""Filters and uploads."""
