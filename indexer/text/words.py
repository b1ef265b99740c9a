"""Says what the words of a name are."""

import re

WORD = re.compile(r"[^\W_]+(?:[-–‑][^\W_]+)*")  # «Титан-Баррикады» is one
WORD_PART = re.compile(r"[^\W_]+")  # between hyphens
