"""Makes results ready for templates and JSON: labels, links, sentences."""
