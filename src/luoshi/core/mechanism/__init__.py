"""Mechanisms: what a plan names and an office keeps, declared as data."""
