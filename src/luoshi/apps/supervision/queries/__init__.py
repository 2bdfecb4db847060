"""Orders that people see, and how they stand."""
