"""Regions, bodies and their other names, and who may do what."""
