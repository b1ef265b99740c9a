"""Decides which names mean one person or body, in an article and in the archive."""
