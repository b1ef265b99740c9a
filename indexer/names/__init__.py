"""Brings names from any case to the nominative."""
