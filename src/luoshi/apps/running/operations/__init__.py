"""Copies of everything, taken and brought back while the product runs."""
