"""Plans as stored values: import, review, settlement of findings, confirmation, and their pages."""
