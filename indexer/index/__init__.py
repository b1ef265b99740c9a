"""Writes the Whoosh index, generation by generation, and verifies it."""
