"""What people do with bulletins."""
