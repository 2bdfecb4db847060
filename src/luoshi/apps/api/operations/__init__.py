"""What people do with tokens and webhooks, and what the clock does with events."""
