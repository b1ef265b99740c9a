"""Reads printed text as it is: its encoding, its dates, its paragraphs."""
