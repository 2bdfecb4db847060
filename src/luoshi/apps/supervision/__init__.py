"""Supervision orders (督办): docketed, issued, answered, urged, closed."""
