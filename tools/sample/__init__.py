"""Builds the sample plan in every format from one text."""
