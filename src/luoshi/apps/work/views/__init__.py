"""The pages of the work."""
