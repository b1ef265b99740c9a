"""Floor 1. Articles in, an index out: words become lemmas, texts give persons, enterprises, dates."""
