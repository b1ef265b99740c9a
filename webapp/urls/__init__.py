"""Turns URLs into requests and back."""
