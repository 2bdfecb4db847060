"""Linking tasks, comparing with texts from above, settling what was suggested."""
