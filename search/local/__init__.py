"""Answers requests from arrays on one machine."""
