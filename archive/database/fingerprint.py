"""Computes the fingerprint of an article, which tells whether an article that comes again has changed.

A fingerprint is a checksum of what the paper says (text, title, date, author …) by name, empty fields left out: a
field that a later program adds leaves the fingerprints of articles without it as they are.
"""

import hashlib
import json
from collections.abc import Mapping

from archive.fields import FIELDS

FINGERPRINT_FIELDS = (
    "identity",
    "digest",
    "title",
    "day",
    "time",
    *(field.name for field in FIELDS),
)  # what it may hold
SCHEMA_7_FIELDS = (  # the bare values that schemas 1 to 7 hashed, in their order
    *("source", "identity", "digest", "title", "day", "time", "author", "rubric", "issue", "page", "url", "own_id"),
    *("persons", "enterprises"),
)
EMPTY_VALUES = (None, "", "[]")


def fingerprint(said: Mapping[str, str | None]) -> str:
    """Computes the SHA-256, in hex, of the named fields that are not empty; lists are given as JSON."""
    filled = {name: value for name, value in said.items() if value not in EMPTY_VALUES}
    return _sha256(json.dumps(filled, ensure_ascii=False, sort_keys=True))


def upgraded_fingerprint(kept: str, *values: str | None) -> str:
    """Replaces a fingerprint of schemas 1 to 7, given the values of SCHEMA_7_FIELDS; a wrong one is kept, so that
    `check` still finds the damage."""
    former = _sha256(json.dumps([*values, None], ensure_ascii=False))
    return fingerprint(dict(zip(SCHEMA_7_FIELDS, values, strict=True))) if kept == former else kept


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
