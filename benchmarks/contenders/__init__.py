"""Answers the same requests by different engines: this one and its peers."""
