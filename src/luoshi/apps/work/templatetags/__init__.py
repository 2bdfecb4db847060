"""Words and signs of the work in templates."""
