"""Measures how well searches find what was meant, beside other engines over the same articles."""
