"""document: an official file becomes clean text in which every character knows where it came from."""
