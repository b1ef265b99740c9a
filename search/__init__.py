"""Floor 2. A request in, a result out: queries, facets, ranking, snippets."""
