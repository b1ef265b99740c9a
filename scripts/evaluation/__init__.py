"""Measures names against gold sets."""
