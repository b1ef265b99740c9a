"""Keeps all names of a commit, and the ids of those who bear them."""
