"""Keeps the archive's one SQLite file: connections, tables, rows."""
