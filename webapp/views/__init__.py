"""Answers the routes: pages, API, feeds."""
