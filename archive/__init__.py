"""Floor 0. A batch in, articles out: what the papers printed, kept safe."""
