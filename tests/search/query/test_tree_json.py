"""A tree is written for programs node by node."""

import pytest

from search.query.parser import read
from search.query.tree_json import tree_json

WORD = {"op": "word", "form": "сталь"}


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("", {"op": "and", "parts": []}),
        ("сталь", WORD),
        ("сталь в", {"op": "and", "parts": [WORD, {"op": "word", "form": "в", "idle": True}]}),
        ("!стали", {"op": "exact", "form": "стали"}),
        ("^Сталь", {"op": "word", "form": "сталь", "capital": True}),
        ("стал*", {"op": "prefix", "start": "стал"}),
        ("*таль", {"op": "mask", "pattern": "*таль"}),
        ("10 000", {"op": "number", "digits": "10000"}),
        ("-сталь", {"op": "not", "part": WORD}),
        ("сталь | сталь*", {"op": "or", "parts": [WORD, {"op": "prefix", "start": "сталь"}]}),
        ('"сталь завод"', {"op": "phrase", "parts": [WORD, {"op": "word", "form": "завод"}]}),
        ('"сталь завод"~5', {"op": "near", "distance": 5, "parts": [WORD, {"op": "word", "form": "завод"}]}),
        ("сталь-завод", {"op": "together", "parts": [WORD, {"op": "word", "form": "завод"}]}),
        ("сталь /п завод", {"op": "sentence", "parts": [WORD, {"op": "word", "form": "завод"}]}),
        ("сталь /а завод", {"op": "paragraph", "parts": [WORD, {"op": "word", "form": "завод"}]}),
        ("заголовок:сталь", {"op": "field", "field": "title", "part": WORD}),
        ("персона:Беглов", {"op": "field", "field": "person", "value": "Беглов"}),
        ("до:1998", {"op": "field", "field": "date", "from": None, "to": "1997-12-31"}),
    ],
)
def test_nodes(typed: str, tree: object) -> None:
    assert tree_json(read(typed).tree) == tree
