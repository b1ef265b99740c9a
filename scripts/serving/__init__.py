"""Serves a home on a web address and brings it up beside the server."""
