"""Packs numbers and posting lists into bytes and reads them back."""
