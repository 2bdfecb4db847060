"""Tokens, webhooks and deliveries, read."""
