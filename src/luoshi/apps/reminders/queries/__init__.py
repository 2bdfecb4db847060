"""What a person is reminded of."""
