"""What persons fill in about the work."""
