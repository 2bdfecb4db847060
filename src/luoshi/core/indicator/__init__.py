"""Indicators: numbers that are computed from entries and open into them."""
