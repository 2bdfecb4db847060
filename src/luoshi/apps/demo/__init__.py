"""The made-up district of the demo: its bodies and people, and a plan that has been at work for a while."""
