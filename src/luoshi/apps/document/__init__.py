"""Stored documents: the bytes, the text before and after cleaning, and where each character came from."""
