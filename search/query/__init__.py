"""Reads what was typed into a tree, and says in Russian how it was read."""
