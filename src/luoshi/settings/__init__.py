"""Django settings: `sqlite` (the default), `postgres`, and `test`, all built on `base`."""
