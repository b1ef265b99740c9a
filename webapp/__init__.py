"""Floor 3. HTTP in, pages and JSON out: a small Flask front end."""
