"""Watches the running site: log, metrics, version."""
