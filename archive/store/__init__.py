"""Keeps articles, batches, annotations and ids: what comes in, what is taken out."""
