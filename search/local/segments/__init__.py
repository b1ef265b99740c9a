"""Opens the segments of an index as arrays and keeps what was decoded of them."""
