"""Floor 0 keeps what the papers printed: it reads batches and gives their articles."""
