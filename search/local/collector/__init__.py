"""Evaluates a request over a snapshot: matches, order, counts, reprints folded."""
