"""Tells whether the rest of a word's clause has a predicate, or may have one."""

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from indexer.text.lemmas import SURE_SHARE, Grammar, grammars
from indexer.text.tokens import fold

PREDICATE_PARTS = frozenset(("VERB", "ADJS", "PRTS", "PRED"))
SOMETIMES_SHARE = 0.2
QUOTE_MARKS = frozenset('«»"“”„')
CLAUSE_BREAKS = frozenset(
    ". , ; : ! ? … ( ) — – -- - и а но или либо да что чтобы как если когда где куда пока хотя будто ли чем".split()
)


def has_predicate(words: Sequence[str], at: int) -> bool:
    """Whether the clause has another word that can be nothing but a finite verb."""
    return any(is_finite(word) for word in clause(words, at))


def may_have_predicate(words: Sequence[str], at: int) -> bool:
    """Whether the clause has another word that is at times a predicate."""
    return any(may_be_predicate(word) for word in clause(words, at))


def clause(words: Sequence[str], at: int) -> Iterator[str]:
    """The other words of the clause; what stands in quotes is none of it."""
    for step in (-1, 1):
        i, quoted = at + step, False
        while 0 <= i < len(words) and (form := words[i].lower()) not in CLAUSE_BREAKS and not form.startswith("котор"):
            if form in QUOTE_MARKS:
                quoted = not quoted
            elif not quoted:
                yield form
            i += step


def is_told_by_participle(words: Sequence[str], at: int, likely: Collection[Grammar]) -> bool:
    """Whether the clause has a short participle that is not of a likely verb: one before it («сделаны из легированной
    стали»), or one that does not agree with it («марка стали указана», but «дороги стали разбиты»)."""
    if any(map(short_participle, clause(words[: at + 1], at))):
        return True
    behind = [way for way in map(short_participle, clause(words[at:], 0)) if way]
    return any(way.number != verb.number for way in behind for verb in likely)


def finite_verbs(words: Sequence[str], at: int) -> list[Grammar]:
    """The finite verbs that the clause surely has, in all their readings."""
    return [way for word in clause(words, at) if is_finite(word) for way in grammars(fold(word)) if way.part == "VERB"]


def agrees(verb: Grammar, noun: Grammar) -> bool:
    """Whether a finite verb agrees with a noun in number and, where it says one, in gender."""
    return verb.number == noun.number and verb.gender in ("", noun.gender)


@lru_cache(1 << 14)
def is_finite(word: str) -> bool:
    """Whether a word is hardly anything but a verb in a person or in the past."""
    ways = [way for way in grammars(fold(word)) if way.part == "VERB"]
    return any(way.mood == "indc" for way in ways) and sum(way.score for way in ways) > SURE_SHARE


@lru_cache(1 << 14)
def short_participle(word: str) -> Grammar | None:
    """A word as a short participle, where it is hardly anything else."""
    ways = [way for way in grammars(fold(word)) if way.part == "PRTS"]
    return ways[0] if sum(way.score for way in ways) > SURE_SHARE else None


@lru_cache(1 << 14)
def may_be_predicate(word: str) -> bool:
    """Whether a word is at times a finite verb, a short form or «нельзя»."""
    return sum(way.score for way in grammars(fold(word)) if way.part in PREDICATE_PARTS) > SOMETIMES_SHARE
