"""Keeps articles, batches, annotations and ids, and takes articles out and back."""
