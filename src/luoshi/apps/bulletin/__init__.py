"""Bulletins (通报): what a period brought, every number with the list that it counts."""
