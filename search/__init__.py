"""Floor 2 answers requests: queries, facets, ranking, snippets."""
