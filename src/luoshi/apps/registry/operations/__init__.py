"""What changes many rows of the registry at once, and trying a change out."""
