"""From the mappings of a file to the declaration of a mechanism."""
