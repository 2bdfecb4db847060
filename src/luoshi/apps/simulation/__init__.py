"""Districts and years that never were: as many as are asked for, the same ones for the same seed."""
