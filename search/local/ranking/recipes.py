"""Holds what each part of the ranking counts for, by the number of a query's words.

Short queries name topics, longer ones are pasted headlines, the longest describe a topic: they want different things.
docs/SEARCH-QUALITY.md has the evidence for each number.
"""

from typing import NamedTuple


class Recipe(NamedTuple):
    """How much the parts of a score count."""

    k1: float  # how slowly BM25 has enough of a word
    title: float  # a word of the title counts as so many
    lead: float  # a word of the first LEAD_TOKENS of the body counts as so many
    coordination: float  # power of the share of the words, by weight, that the article has
    proximity: float  # of neighbours of the query that are near each other
    vectors: float  # of where article and query lie among word vectors
    feedback: float  # of what the best articles share


ONE_WORD = Recipe(k1=1.0, title=2, lead=2, coordination=0, proximity=0, vectors=0, feedback=0)
TOPIC = Recipe(k1=1.0, title=2, lead=2, coordination=1, proximity=1, vectors=0, feedback=0.75)
HEADLINE = Recipe(k1=2.0, title=3, lead=3, coordination=0, proximity=0, vectors=2, feedback=0.1)
DESCRIPTION = Recipe(k1=1.2, title=2, lead=1, coordination=0.5, proximity=0.4, vectors=0.4, feedback=0.5)

TOPIC_WORDS = 5  # words of the longest topic
HEADLINE_WORDS = 14  # words of the longest headline


def recipe(words: int) -> Recipe:
    """The recipe for a query of so many words."""
    if words == 1:
        return ONE_WORD
    return TOPIC if words <= TOPIC_WORDS else HEADLINE if words <= HEADLINE_WORDS else DESCRIPTION
