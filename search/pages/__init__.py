"""Gathers what a page shows of an article, an entity, a hit."""
