"""What persons fill in about bodies and groups."""
