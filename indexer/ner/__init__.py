"""Finds the spans of a text that name persons and bodies."""
