"""Computes the fingerprint of an article: by it an article that comes again is known to be the same or changed.

A fingerprint is a checksum of what the paper says (text, title, date, author …) by name, empty fields left out: a
field that a later program adds leaves the fingerprints of articles without it as they are.
"""

import hashlib
import json
from collections.abc import Mapping

from archive.fields import FIELDS

SAID = ("identity", "digest", "title", "day", "time", *(field.name for field in FIELDS))  # what it may hold
SAID_BY_SCHEMA_7 = (  # the bare values that schemas 1 to 7 hashed, in their order
    *("source", "identity", "digest", "title", "day", "time", "author", "rubric", "issue", "page", "url", "own_id"),
    *("persons", "enterprises"),
)
EMPTY = (None, "", "[]")


def fingerprint(said: Mapping[str, str | None]) -> str:
    """The SHA-256, in hex, of the fields that are not empty, by name; lists are given as JSON."""
    filled = {name: value for name, value in said.items() if value not in EMPTY}
    return _sha256(json.dumps(filled, ensure_ascii=False, sort_keys=True))


def refreshed(kept: str, *values: str | None) -> str:
    """The fingerprint that replaces one of schemas 1 to 7, from the values of SAID_BY_SCHEMA_7; a wrong one stays as it
    is, so that the damage it tells of is still told."""
    former = _sha256(json.dumps([*values, None], ensure_ascii=False))
    return fingerprint(dict(zip(SAID_BY_SCHEMA_7, values, strict=True))) if kept == former else kept


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
