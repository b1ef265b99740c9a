"""Says what stands round a name: the words before and after it, and quotes."""
