"""Work as rules: states and who may change them, lights, requests and their burden, texts written by two."""
