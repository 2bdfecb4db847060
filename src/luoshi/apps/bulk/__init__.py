"""Many entries at once: sheets to fill in and to take away, and one step for all that were chosen."""
