"""Keeps dated states of a home in another folder, and restores them."""
