"""Floor 0 keeps what the papers printed: batches come in, articles come out."""
