"""Counts the values of facets under a request's conditions."""
