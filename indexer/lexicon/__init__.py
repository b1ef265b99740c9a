"""Holds the words and facts that no rule can derive: types of bodies, well-known names."""
