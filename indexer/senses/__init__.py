"""Chooses which reading of a word its context means."""
