"""What people do with orders."""
