"""The pure half of Luoshi: bytes and values in, values out.

Nothing below this package knows a database, a network, a clock or a source of randomness.
"""
