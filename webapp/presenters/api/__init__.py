"""Describes the API to programs and people."""
