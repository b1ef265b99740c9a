"""Asks what strangers may ask to stop the site."""
