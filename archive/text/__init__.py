"""Reads text as it was printed: its encoding, paragraphs, dates and date lines."""
