"""The clock, the outbox, and what people set."""
