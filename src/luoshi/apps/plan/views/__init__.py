"""Pages of plans, one module a page."""
