"""Finds the words of a text that mean what they seldom mean («из нержавеющей стали»).

A reading of a word below `lemmas.LEAST_SCORE` is not indexed with the word. It is indexed in a place where the grammar
leaves no choice (`clause_grammar`), where the morphological tagger finds it likelier than not that the word has a part
of speech, case, number or gender that only such a reading can have, or where more is known for it than against it.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from indexer.annotation import WordSense
from indexer.senses.clause_grammar import agreeing, is_barred, is_only_verb, is_other_meant, is_wanted_predicate
from indexer.senses.tagset import Tags, compatible, without_word
from indexer.senses.word_vectors import MOST_LEANING, Sense, leaning, sense
from indexer.text.lemmas import Grammar, grammars, is_ambiguous, known, lemmas, readings
from indexer.text.morph_tagger import morphology
from indexer.text.sentences import Piece
from indexer.text.slovnet import Floats
from indexer.text.tokens import fold

LEAST_HEARD_SCORE = 0.001  # readings below are artefacts of the dictionary's statistics («при» as «переть»)
LEAST_SEEN_ODDS = 0.1  # where no tag that the word can have is likelier than this, nothing is known
SHORTEST_LETTERS = 3  # letters; shorter words are abbreviations
# logarithm of how much rather the neighbours want the predicate that a clause has not, than anything else
WANTED_LOG_RATIO = 3.0
LEAST_WANTED_ODDS = 1e-4  # odds below are alike
MOST_WANTED_WEIGHT = 0.35 * math.log(1 / LEAST_WANTED_ODDS + 1)  # more than what a place wants can weigh
WORDS_KEPT = 1 << 17
OPEN_PARTS = frozenset(("NOUN", "ADJF", "ADJS", "COMP", "VERB", "INFN", "GRND", "PRTF", "PRTS", "NUMR", "ADVB"))
# a capital letter, a preposition, an abbreviation («18 ноя») are beyond what `outweighs` is made for
WEIGHED_PARTS = frozenset(("NOUN", "Subs", "ADJF", "Apro", "ADJS", "COMP", "VERB", "INFN", "NUMR", "ADVB", "PRED"))


class UnlikelyReading(NamedTuple):
    """An unlikely lemma of a word, how it is read then, and the tags that it has so and not with a likely lemma."""

    lemma: str
    ways: frozenset[Grammar]
    tags: Tags


class Homonym(NamedTuple):
    """The likely ways to read a word, their tags, and the unlikely lemmas that can be told from them."""

    likely: frozenset[Grammar]
    tags: Tags
    unlikely: tuple[UnlikelyReading, ...]


class Occurrence(NamedTuple):
    """Where a homonym stands, and how it may be read."""

    piece: Piece
    at: int
    word: Homonym


class Question(NamedTuple):
    """A place, the unlikely reading in question there, and all tags' odds."""

    piece: Piece
    at: int
    word: Homonym
    other: UnlikelyReading
    odds: Floats


class WeighedQuestion(NamedTuple):
    """A question that is still open, what speaks for the unlikely reading there, whether the clause lacks a predicate
    that it would be."""

    asked: Question
    weight: float
    is_predicate: bool


def unlikely_senses(pieces: Sequence[Piece], texts: int) -> list[list[WordSense]]:
    """The unlikely readings that each of so many texts means, in order, from their pieces."""
    places = [
        Occurrence(piece, at, word)
        for piece in pieces
        for at, form in enumerate(piece.words)
        if (word := homonym(form))
    ]
    found: list[list[WordSense]] = [[] for _ in range(texts)]
    for (piece, at, _), lemma in chosen(places):
        found[piece.text].append(WordSense(piece.starts[at], lemma))
    for one in found:
        one.sort(key=lambda reading: reading.start)
    return found


def chosen(places: Sequence[Occurrence]) -> Iterator[tuple[Occurrence, str]]:
    """The places where an unlikely lemma is meant, and it; the tagger is asked only where grammar leaves it open."""
    unsure, open_ones = list[Occurrence](), list[WeighedQuestion]()
    for place in places:
        verdict = settled(place)
        if verdict:
            yield place, place.word.unlikely[0].lemma
        elif verdict is None:
            unsure.append(place)
    odds = morphology().probabilities((place.piece.words, place.at) for place in unsure)
    for asked in map(question, unsure, odds):
        verdict = answer(asked)
        if verdict:
            yield Occurrence(*asked[:3]), asked.other.lemma
        elif verdict is None and (one := weighed(asked)):
            open_ones.append(one)
    wanted = morphology().expected((one.asked.piece.words, one.asked.at) for one in open_ones)
    for one, odds_there in zip(open_ones, wanted, strict=True):
        if outweighs(one, odds_there):
            yield Occurrence(*one.asked[:3]), one.asked.other.lemma


def settled(place: Occurrence) -> bool | None:
    """Whether the one unlikely reading of a word is meant, where grammar alone says it; else None."""
    words, at, (likely, _, (other, *more)) = place.piece.words, place.at, place.word
    if more:
        return None
    verdict = is_other_meant(words, at, likely, other.ways)
    return False if verdict is None and is_barred(words, at, other.ways) else verdict


def question(place: Occurrence, odds: Floats) -> Question:
    """Which of the unlikely readings of a homonym is the likeliest in its place."""
    best, *more = place.word.unlikely
    if more:
        best = max(place.word.unlikely, key=lambda other: odds_of(odds, other.tags) * (own_sense(other).frequency + 1))
    return Question(*place, best, odds)


def answer(asked: Question) -> bool | None:
    """Whether the unlikely reading is meant; None where neither grammar nor the tagger's first sight say it."""
    words, at, (likely, _, unlikely), (_, ways, _) = asked.piece.words, asked.at, asked.word, asked.other
    if len(unlikely) > 1:
        by_grammar = is_other_meant(words, at, likely, ways)
        if by_grammar is not None:
            return by_grammar
    if likelier(asked):
        return not is_barred(words, at, ways)
    return None if words[at].islower() and {way.part for way in (*likely, *ways)} <= WEIGHED_PARTS else False


def likelier(asked: Question) -> bool:
    """Whether the tags of the unlikely reading are likelier than those of the likely ones."""
    own, tags = told_apart(asked)
    return odds_of(asked.odds, own) > max(LEAST_SEEN_ODDS, odds_of(asked.odds, tags))


def told_apart(asked: Question) -> tuple[Tags, Tags]:
    """The tags of the unlikely reading, and those of the likely ones.

    Of two nouns only what agrees with the words before counts: «опытные техники» is no genitive.
    """
    words, at, word, other = asked.piece.words, asked.at, asked.word, asked.other
    if {way.part for way in (*word.likely, *other.ways)} == {"NOUN"}:
        fit, fit_own = agreeing(words, at, word.likely), agreeing(words, at, other.ways)
        if fit and fit_own:
            tags = compatible(without_word(fit))
            return compatible(without_word(fit_own)) & ~tags, tags
    return other.tags, word.tags


def weighed(asked: Question) -> WeighedQuestion | None:
    """What speaks for the unlikely reading and against it; None where nothing that the place may want is enough.

    The weights here and in `outweighs` are those of a logistic regression on sentences, half of which mean the rare
    thing, and on the press, which hardly ever does (docs/NAMES-QUALITY.md).
    """
    words, at, (likely, _, _), ways = asked.piece.words, asked.at, asked.word, asked.other.ways
    if is_only_verb(words, at, likely, ways) or is_barred(words, at, ways):
        return None
    is_predicate = is_wanted_predicate(words, at, likely, ways)
    weight = -0.6 + 0.24 * log_ratio(asked.odds, *told_apart(asked), 1e-6) + 2.4 * is_predicate
    weight += 1.7 * (parts_of((*likely, *ways)) == {"NOUN"})
    if not is_predicate and weight + 8.8 * MOST_LEANING + MOST_WANTED_WEIGHT < 0:
        return None
    first, rare = sense(lemmas(fold(words[at]))[0], parts_of(likely)), own_sense(asked.other)
    weight += 8.8 * leaning(words, at, rare, first)
    weight += 0.17 * min(0.0, math.log((rare.frequency + 1) / (first.frequency + 1)))
    return WeighedQuestion(asked, weight, is_predicate) if is_predicate or weight + MOST_WANTED_WEIGHT > 0 else None


def outweighs(one: WeighedQuestion, wanted: Floats) -> bool:
    """Whether more speaks for an unlikely reading than against it; `wanted`: odds of tags for any word in its place."""
    ratio = log_ratio(wanted, *told_apart(one.asked), LEAST_WANTED_ODDS)
    return (one.is_predicate and ratio > WANTED_LOG_RATIO) or one.weight + 0.35 * ratio > 0


def own_sense(reading: UnlikelyReading) -> Sense:
    """What the unlikely lemma is among words."""
    return sense(reading.lemma, parts_of(reading.ways))


def log_ratio(odds: Floats, one: Tags, other: Tags, least: float) -> float:
    """Logarithm of how much likelier some tags are than others; nothing is less likely than `least`."""
    return math.log((odds_of(odds, one) + least) / (odds_of(odds, other) + least))


def odds_of(odds: Floats, tags: Tags) -> float:
    """The odds of some tags together."""
    return float(odds @ tags)


def parts_of(ways: Iterable[Grammar]) -> frozenset[str]:
    """OpenCorpora's parts of speech of some grammars."""
    return frozenset({"Subs": "NOUN", "Apro": "ADJF"}.get(way.part, way.part) for way in ways)


@lru_cache(WORDS_KEPT)
def homonym(word: str) -> Homonym | None:
    """The readings of a printed word, where it has unlikely ones that the tagger can tell; the likeliest first."""
    form = fold(word)
    if len(form) < SHORTEST_LETTERS or not is_ambiguous(form) or not known(form):
        return None
    first, ways = frozenset(lemmas(form)), grammars(form)
    likely = frozenset(way for way in ways if way.lemma in first and not (way.is_name and word.islower()))
    if any(way.part == "CONJ" for way in likely):
        return None
    tags = compatible(without_word(likely))
    found = []
    for lemma, score in ((reading.lemma, reading.score) for reading in readings(form)):
        own = frozenset(way for way in ways if way.lemma == lemma and way.part in OPEN_PARTS)
        if lemma not in first and score >= LEAST_HEARD_SCORE and (only := compatible(without_word(own)) & ~tags).any():
            found.append(UnlikelyReading(lemma, own, only))
    return Homonym(likely, tags, tuple(found)) if found else None
