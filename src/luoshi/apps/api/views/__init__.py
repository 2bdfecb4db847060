"""Pages of tokens and webhooks."""
