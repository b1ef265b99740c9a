"""Gives the archivist a desk: what readers suggest, who is likely to stand twice, names corrected by a click."""
