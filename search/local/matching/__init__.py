"""Matches a query's words against postings and weighs the articles found."""
