"""Offers what was probably meant: spelling, dates, names, other readings."""
