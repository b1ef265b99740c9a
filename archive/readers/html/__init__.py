"""Reads the article of a saved page of a paper's site."""
