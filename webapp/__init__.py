"""Floor 3 shows results: a small Flask front end, pages and JSON."""
