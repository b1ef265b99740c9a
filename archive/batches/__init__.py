"""Walks a batch, a folder or an archive file, and reads every file of it."""
