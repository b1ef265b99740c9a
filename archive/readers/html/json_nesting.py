"""Tells whether a parsed JSON value is nested deeper than anybody writes."""

from typing import Any

MOST_LEVELS = 100


def is_too_nested(value: Any) -> bool:
    """Tells whether lists and objects stand in each other more than MOST_LEVELS deep."""
    level = [value]
    for _ in range(MOST_LEVELS):
        level = [inner for one in level if isinstance(one, (list, dict)) for inner in inside(one)]
        if not level:
            return False
    return True


def inside(value: list[Any] | dict[str, Any]) -> list[Any]:
    """Lists what a list or an object holds that may hold more."""
    values = value.values() if isinstance(value, dict) else value
    return [inner for inner in values if isinstance(inner, (list, dict))]
