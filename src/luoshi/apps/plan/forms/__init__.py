"""What persons send: filters of lists, and what they type."""
