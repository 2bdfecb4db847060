"""Long runs that try to break the product: `python -m tools.soak` says which."""
