"""A word's place among its neighbours in, what the grammar of the clause says of two ways to read it, out.

Only what leaves no choice: a preposition and adjectives before a noun agree with it («к местному вину»), a clause has
one predicate («выпуск стали вырос»), «я» goes with a verb of the first person («я берегу»).
"""

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from indexer.lemmas import Grammar, grammars
from indexer.surnames import Case
from indexer.surroundings import GOVERNED
from indexer.tokens import fold

CASE_OF: dict[str, Case] = {
    "nomn": "n", "gent": "g", "gen1": "g", "datv": "d", "accs": "a", "ablt": "i", "loct": "p", "loc1": "p"
}  # fmt: skip
ATTRIBUTES = frozenset(("ADJF", "PRTF", "Apro"))
CERTAIN, MOSTLY = 0.95, 0.5
MOST_ATTRIBUTES = 3
QUOTES = frozenset('«»"“”„')
BREAKS = frozenset(
    ". , ; : ! ? … ( ) — – -- и а но или либо да что чтобы как если когда где куда пока хотя будто ли чем".split()
)
SUBJECTS = {"я": ("1per", "sing"), "ты": ("2per", "sing"), "мы": ("1per", "plur"), "вы": ("2per", "plur")}


def decided(words: Sequence[str], at: int, likely: Collection[Grammar], other: Collection[Grammar]) -> bool | None:
    """Whether the word at `at` is to be read in one of the `other` ways; None where the grammar allows both."""
    if {way.part for way in other} == {"VERB"}:
        subject = SUBJECTS.get(fold(words[at - 1])) if at else None
        return True if any((way.person, way.number) == subject for way in other) else None
    if {way.part for way in other} != {"NOUN"}:
        return None
    parts = {way.part for way in likely}
    if parts == {"VERB"}:
        if any(way.lemma == "быть" for way in likely):
            return None  # «были выдвинуты»
        return True if has_predicate(words, at) or stands_for_noun(words, at, other) else None
    if parts <= {"NOUN", "COMP"}:
        attributes, governed = before(words, at)
        if not attributes and (not governed or "COMP" in parts):
            return None
        fits = [any(goes_with(way, attributes, governed) for way in ways) for ways in (likely, other)]
        return fits[1] if fits[0] != fits[1] else None
    return None


def stands_for_noun(words: Sequence[str], at: int, other: Collection[Grammar]) -> bool:
    """Whether a preposition stands right before the word, and a noun it can be is in the case that it wants."""
    governed = GOVERNED.get(fold(words[at - 1])) if at else None
    return bool(governed) and any(goes_with(way, (), governed) for way in other)


def before(words: Sequence[str], at: int) -> tuple[list[tuple[Grammar, ...]], str | None]:
    """The adjectives right before a word in all their readings, and the cases that a preposition before them wants."""
    attributes: list[tuple[Grammar, ...]] = []
    while at > 0 and len(attributes) < MOST_ATTRIBUTES and is_attribute(fold(words[at - 1])):
        at -= 1
        attributes.append(grammars(fold(words[at])))
    return attributes, GOVERNED.get(fold(words[at - 1])) if at else None


def goes_with(noun: Grammar, attributes: Collection[tuple[Grammar, ...]], governed: str | None) -> bool:
    """Whether a noun read so agrees with all adjectives and stands in a case that the preposition wants."""
    case = CASE_OF.get(noun.case)
    return (
        case is not None
        and (not governed or case in governed)
        and all(
            any(
                CASE_OF.get(way.case) == case
                and way.number == noun.number
                and (way.number == "plur" or not noun.gender or way.gender == noun.gender)
                for way in ways
            )
            for ways in attributes
        )
    )


def has_predicate(words: Sequence[str], at: int) -> bool:
    """Whether the clause has another word that can be nothing but a finite verb."""
    return any(is_finite(word) for word in clause(words, at))


def clause(words: Sequence[str], at: int) -> Iterator[str]:
    """The other words of the clause; what stands in quotes is none of it."""
    for step in (-1, 1):
        i, quoted = at + step, False
        while 0 <= i < len(words) and (form := words[i].lower()) not in BREAKS and not form.startswith("котор"):
            if form in QUOTES:
                quoted = not quoted
            elif not quoted:
                yield form
            i += step


@lru_cache(1 << 14)
def is_attribute(form: str) -> bool:
    """Whether a folded form is an adjective or participle rather than anything else."""
    return sum(way.score for way in grammars(form) if way.part in ATTRIBUTES) > MOSTLY


@lru_cache(1 << 14)
def is_finite(word: str) -> bool:
    """Whether a word is hardly anything but a verb in a person or in the past."""
    ways = [way for way in grammars(fold(word)) if way.part == "VERB"]
    return any(way.mood == "indc" for way in ways) and sum(way.score for way in ways) > CERTAIN
