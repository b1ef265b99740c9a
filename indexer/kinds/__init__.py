"""Decides whether a name is an enterprise, another organisation or no name."""
