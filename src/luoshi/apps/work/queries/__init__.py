"""What pages and operations ask about the work."""
