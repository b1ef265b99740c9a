"""Reads what other programs exported: tables, JSON Lines, feeds."""
