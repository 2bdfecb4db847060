"""The same duty in several plans, plans beside texts from above, and what the level above sees."""
