"""Tells a person or a program what a command does."""
