"""Compares ways to serve the pages."""
