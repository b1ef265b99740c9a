"""Says which words of a query an article must have all of, and of which it may have some.

Of up to LINE_WORDS words all must stand in an article; those with at least half of them, by number or by weight (the
inverse document frequency), stand below a line. A longer query, a pasted headline, has the articles with half of its
words by weight; whatever has fewer stands below them. The words of a phrase then need not stand together.
"""

from typing import NamedTuple

from search.query.function_words import FUNCTION_WORDS
from search.query.tree import And, Idle, Node, Number, Phrase, Together, Word, both

FEWEST_WORDS = 2  # a query of so many words may match in part
LINE_WORDS = 5  # of so many words an article has all, or stands below the line
HALF = 0.5
LEAST_WEIGHT = 0.05  # of the words of a long query, by weight: below the others


class WantedWords(NamedTuple):
    """Words of which an article may lack some, and what else it must meet."""

    words: tuple[Word, ...]
    required: Node

    @property
    def have_line(self) -> bool:
        """Whether they are so few that an article that lacks one stands below the line."""
        return len(self.words) <= LINE_WORDS


def wanted_words(tree: Node) -> WantedWords | None:
    """The words that an article may lack some of; None where nothing less than all of a query makes sense."""
    parts = [part for part in (tree.parts if isinstance(tree, And) else (tree,)) if not isinstance(part, Idle)]
    words = tuple(dict.fromkeys(word for part in parts for word in content_words(part)))
    if len(words) < FEWEST_WORDS or len(parts) < 2:
        return None
    return WantedWords(words, both(part for part in parts if not plain_words(part)))


def content_words(part: Node) -> tuple[Word, ...]:
    """The words of a word or of a phrase of words without the function words of a phrase; none of anything else."""
    words = plain_words(part)
    return tuple(word for word in words if word.form not in FUNCTION_WORDS) if len(words) > 1 else words


def plain_words(part: Node) -> tuple[Word, ...]:
    """The words of a word, of a number, of a row of words or of what was written as one; none of anything else."""
    if isinstance(part, Number):
        return (Word(part.digits),)
    row = part.row if isinstance(part, Together) else part
    terms = row.terms if isinstance(row, Phrase) else (row,)
    words = tuple(term for term in terms if isinstance(term, Word))
    return words if len(words) == len(terms) else ()
