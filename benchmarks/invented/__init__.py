"""Invents an archive of any size: its words, articles, and requests for it, the same for all who ask."""
