"""Declares the commands and their options."""
