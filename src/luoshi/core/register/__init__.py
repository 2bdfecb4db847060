"""Registers: entries with fields, states and limits, as a declaration lays them down."""
