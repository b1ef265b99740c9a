"""Keeps the archive's only SQLite file: connections, tables, rows."""
