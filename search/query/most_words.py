"""Says which words of a query an article must have most of, where none has all of them.

A short query counts its words, a long one (a pasted headline) weighs them; the words of a
phrase need not stand together.
"""

from typing import NamedTuple

from search.query.tree import And, Node, Number, Phrase, Together, Word, both

FEWEST_WORDS = 3  # a query of so many words may match in part: by two words at least
COUNTED_WORDS = 5  # so many words are counted: more than half of them; more are weighed
LEAST_WEIGHT = 0.15  # of the idf of all words: nDCG@10 of events .658, recall@100 .787; with .25: .656, .746


class MostWords(NamedTuple):
    """Words of which an article must have most, and what else it must meet."""

    words: tuple[Word, ...]
    required: Node

    @property
    def are_counted(self) -> bool:
        """Whether they are so few that they are counted, not weighed."""
        return len(self.words) <= COUNTED_WORDS


def most_words(tree: Node) -> MostWords | None:
    """What articles that match a query in part must have; None where nothing less than all of it makes sense."""
    parts = tree.parts if isinstance(tree, And) else (tree,)
    words = tuple(dict.fromkeys(word for part in parts for word in plain_words(part)))
    if len(words) < FEWEST_WORDS or len(parts) < 2:
        return None
    return MostWords(words, both(part for part in parts if not plain_words(part)))


def plain_words(part: Node) -> tuple[Word, ...]:
    """The words of a word, of a number, of a row of words or of what was written as one; none of anything else."""
    if isinstance(part, Number):
        return (Word(part.digits),)
    row = part.row if isinstance(part, Together) else part
    terms = row.terms if isinstance(row, Phrase) else (row,)
    words = tuple(term for term in terms if isinstance(term, Word))
    return words if len(words) == len(terms) else ()
