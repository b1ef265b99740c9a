"""Carries the commands out."""
