"""Reads a saved page of a paper's site."""
