"""Reads the archivists' file of corrections and applies it to names."""
