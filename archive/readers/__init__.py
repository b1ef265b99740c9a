"""Reads the formats of a batch: a file becomes Articles or Rejections."""
