"""Finds texts that are printed again, whole or mended."""
