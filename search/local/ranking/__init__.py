"""Ranks the best of what BM25 found anew: by titles, nearness, vectors of words, and what the best share."""
