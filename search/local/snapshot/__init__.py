"""Holds one unchanging view of a published index and of whom its names mean."""
