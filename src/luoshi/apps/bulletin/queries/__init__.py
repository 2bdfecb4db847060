"""What bulletins count and show."""
