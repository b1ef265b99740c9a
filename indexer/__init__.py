"""Floor 1 makes the index: words become lemmas, texts give persons, enterprises, dates."""
