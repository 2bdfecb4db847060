"""How alike two duties are, and which duties of two texts belong together. Every score names its reasons."""
