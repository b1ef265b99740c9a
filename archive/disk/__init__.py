"""Writes files so that a power cut does no harm; locks a home; measures free space; writes down unforeseen errors."""
