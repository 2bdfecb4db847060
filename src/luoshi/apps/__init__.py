"""The Django half: the same stages as `core`; they store and show."""
