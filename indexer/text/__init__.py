"""Cuts text into words and sentences and says what forms of words they are."""
