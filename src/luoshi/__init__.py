"""Luoshi 落实: an official plan goes in; accountable work, honest numbers and a public record come out."""

__version__ = "0.1.0"
