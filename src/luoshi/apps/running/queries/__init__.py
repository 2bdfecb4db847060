"""What can be asked about the running product."""
