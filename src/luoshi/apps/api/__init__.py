"""Addresses for programs: tokens, calls in the name of a person, problems in words, webhooks."""
