"""Words whose unlikely reading the context may mean («из нержавеющей стали»); the readings that it does mean.

A reading of a word below `lemmas.LIKELY` is not indexed with the word. It is indexed in a place where the grammar
leaves no choice (`clauses`), where the morphological tagger finds it likelier than not that the word has a part of
speech, case, number or gender that only such a reading can have, or where more is known for it than against it.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.annotation import Meant
from indexer.clauses import agreeing, decided, is_barred, is_only_verb, is_wanted_predicate
from indexer.company import MOST_LEANING, Sense, leaning, sense
from indexer.lemmas import Grammar, grammars, is_ambiguous, lemmas, readings
from indexer.morphology import Grammemes, morphology
from indexer.names import known
from indexer.network import Floats
from indexer.tagger import Piece
from indexer.tokens import fold

Tags = NDArray[np.bool_]  # which of the tagger's

UNHEARD = 0.001  # readings below are artefacts of the dictionary's statistics («при» as «переть»)
SEEN = 0.1  # where no tag that the word can have is likelier than this, nothing is known
SHORTEST = 3  # letters; shorter words are abbreviations
WANTED = 3.0  # logarithm of how much rather the neighbours want the predicate that a clause has not, than anything else
KEPT = 1 << 16
PARTS: Mapping[str, frozenset[str]] = {  # `Grammar.part` → the parts of speech of Universal Dependencies
    "NOUN": frozenset(("NOUN", "PROPN")),
    "ADJF": frozenset(("ADJ",)),
    "Subs": frozenset(("NOUN", "PROPN", "ADJ")),
    "Apro": frozenset(("ADJ", "DET", "PRON")),
    "ADJS": frozenset(("ADJ",)),
    "COMP": frozenset(("ADJ", "ADV", "NUM")),
    "VERB": frozenset(("VERB", "AUX")),
    "INFN": frozenset(("VERB", "AUX")),
    "GRND": frozenset(("VERB", "AUX")),
    "PRTF": frozenset(("VERB", "AUX", "ADJ")),
    "PRTS": frozenset(("VERB", "AUX", "ADJ")),
    "NUMR": frozenset(("NUM", "ADV", "PRON")),
    "ADVB": frozenset(("ADV", "PART", "SCONJ", "CCONJ", "ADP", "PRON", "INTJ", "ADJ")),
    "PRED": frozenset(("ADV", "VERB", "ADJ", "AUX", "PART")),
    "NPRO": frozenset(("PRON", "DET", "SCONJ", "CCONJ")),
    "PREP": frozenset(("ADP", "ADV")),
    "CONJ": frozenset(("SCONJ", "CCONJ", "PART", "ADV", "PRON")),
    "PRCL": frozenset(("PART", "ADV", "CCONJ", "SCONJ", "INTJ", "AUX")),
    "INTJ": frozenset(("INTJ", "PART")),
}
OPEN = frozenset(("NOUN", "ADJF", "ADJS", "COMP", "VERB", "INFN", "GRND", "PRTF", "PRTS", "NUMR", "ADVB"))
WEIGHED = (
    frozenset(  # a capital letter, a preposition, an abbreviation («18 ноя») are beyond what `outweighs` is made for
        ("NOUN", "Subs", "ADJF", "Apro", "ADJS", "COMP", "VERB", "INFN", "NUMR", "ADVB", "PRED")
    )
)
CASES = {
    "nomn": "Nom", "voct": "Nom", "gent": "Gen", "gen1": "Gen", "gen2": "Gen", "datv": "Dat",
    "accs": "Acc", "acc2": "Acc", "ablt": "Ins", "loct": "Loc", "loc1": "Loc", "loc2": "Loc",
}  # fmt: skip
NUMBERS = {"sing": "Sing", "plur": "Plur"}
GENDERS = {"masc": "Masc", "femn": "Fem", "neut": "Neut"}
SHORT = frozenset(("ADJS", "PRTS"))
PREDICATIVE = frozenset(("ADVB", "PRED"))  # «сложно» is tagged as a short adjective, too
VERB_FORMS = {"INFN": "Inf", "GRND": "Conv", "VERB": "Fin", "PRTF": "Part", "PRTS": "Part"}


class Unlikely(NamedTuple):
    """An unlikely lemma of a word, how it is read then, and the tags that it has so and not with a likely lemma."""

    lemma: str
    ways: frozenset[Grammar]
    tags: Tags


class Homonym(NamedTuple):
    """The likely ways to read a word, their tags, and the unlikely lemmas that can be told from them."""

    likely: frozenset[Grammar]
    tags: Tags
    unlikely: tuple[Unlikely, ...]


class Question(NamedTuple):
    """A place of a text, the likely readings of the word there, the unlikely one in question, all tags' odds."""

    piece: Piece
    at: int
    word: Homonym
    other: Unlikely
    odds: Floats


def meant(pieces: Sequence[Piece], texts: int) -> list[list[Meant]]:
    """The unlikely readings that each of so many texts means, in order, from their pieces."""
    asked = [(piece, [i for i, word in enumerate(piece.words) if homonym(word)]) for piece in pieces]
    odds = iter(morphology().probabilities(asked))
    questions = [question(piece, number, next(odds)) for piece, numbers in asked for number in numbers]
    verdicts = [answer(question) for question in questions]
    open_ones = [question for question, verdict in zip(questions, verdicts, strict=True) if verdict is None]
    wanted = iter(morphology().expected((question.piece.words, question.at) for question in open_ones))
    found: list[list[Meant]] = [[] for _ in range(texts)]
    for (piece, at, word, other, own), verdict in zip(questions, verdicts, strict=True):
        if outweighs(piece.words, at, word, other, own, next(wanted)) if verdict is None else verdict:
            found[piece.text].append(Meant(piece.starts[at], other.lemma))
    return found


def question(piece: Piece, at: int, odds: Floats) -> Question:
    """Of a place where a homonym stands: which of its unlikely readings is the likeliest there."""
    word = homonym(piece.words[at])
    assert word
    best = word.unlikely[0]
    if len(word.unlikely) > 1:
        best = max(word.unlikely, key=lambda other: float(odds[other.tags].sum()) * (own_sense(other).frequency + 1))
    return Question(piece, at, word, best, odds)


def answer(asked: Question) -> bool | None:
    """Whether the unlikely reading is meant; None where neither grammar nor the tagger's first sight say it."""
    words, at, (likely, _, _), (_, ways, _) = asked.piece.words, asked.at, asked.word, asked.other
    by_grammar = decided(words, at, likely, ways)
    if by_grammar is not None:
        return by_grammar
    if likelier(words, at, asked.odds, asked.word, asked.other):
        return not is_barred(words, at, ways)
    return None if words[at].islower() and {way.part for way in (*likely, *ways)} <= WEIGHED else False


def likelier(words: Sequence[str], at: int, odds: Floats, word: Homonym, other: Unlikely) -> bool:
    """Whether the tags of an unlikely reading are likelier than those of the likely ones."""
    own, tags = told_apart(words, at, word, other)
    return bool(odds[own].sum() > max(SEEN, float(odds[tags].sum())))


def told_apart(words: Sequence[str], at: int, word: Homonym, other: Unlikely) -> tuple[Tags, Tags]:
    """The tags of an unlikely reading, and those of the likely ones.

    Of two nouns only what agrees with the words before counts: «опытные техники» is no genitive.
    """
    if {way.part for way in (*word.likely, *other.ways)} == {"NOUN"}:
        fit, fit_own = agreeing(words, at, word.likely), agreeing(words, at, other.ways)
        if fit and fit_own:
            tags = compatible(bared(fit))
            return compatible(bared(fit_own)) & ~tags, tags
    return other.tags, word.tags


def outweighs(words: Sequence[str], at: int, word: Homonym, other: Unlikely, odds: Floats, wanted: Floats) -> bool:
    """Whether more speaks for an unlikely reading than against it, where the clause has room for it.

    `odds`: of tags for the word, `wanted`: for any word in its place. The weights are those of a logistic regression on
    sentences, half of which mean the rare thing, and on the press, which hardly ever does (docs/NAMES.md).
    """
    own, tags = told_apart(words, at, word, other)
    if is_wanted_predicate(words, at, word.likely, other.ways) and log_ratio(wanted, own, tags, 1e-4) > WANTED:
        return not is_barred(words, at, other.ways)
    weight = -0.6 + 0.24 * log_ratio(odds, own, tags, 1e-6) + 0.35 * log_ratio(wanted, own, tags, 1e-4)
    weight += 1.7 * (parts_of((*word.likely, *other.ways)) == {"NOUN"})
    if weight + 2.4 + 8.8 * MOST_LEANING < 0:
        return False  # whatever else there is
    weight += 2.4 * is_wanted_predicate(words, at, word.likely, other.ways)
    if weight + 8.8 * MOST_LEANING < 0:
        return False
    first, rare = sense(lemmas(fold(words[at]))[0], parts_of(word.likely)), own_sense(other)
    weight += 8.8 * leaning(words, at, rare, first)
    weight += 0.17 * min(0.0, float(np.log((rare.frequency + 1) / (first.frequency + 1))))
    return weight > 0 and not is_only_verb(words, at, word.likely, other.ways) and not is_barred(words, at, other.ways)


def own_sense(reading: Unlikely) -> Sense:
    """What the unlikely lemma is among words."""
    return sense(reading.lemma, parts_of(reading.ways))


def log_ratio(odds: Floats, one: Tags, other: Tags, least: float) -> float:
    """Logarithm of how much likelier some tags are than others; nothing is less likely than `least`."""
    return float(np.log((odds[one].sum() + least) / (odds[other].sum() + least)))


def parts_of(ways: Iterable[Grammar]) -> frozenset[str]:
    """OpenCorpora's parts of speech of some grammars."""
    return frozenset({"Subs": "NOUN", "Apro": "ADJF"}.get(way.part, way.part) for way in ways)


@lru_cache(KEPT)
def homonym(word: str) -> Homonym | None:
    """The readings of a printed word, where it has unlikely ones that the tagger can tell; the likeliest first."""
    form = fold(word)
    if len(form) < SHORTEST or not is_ambiguous(form) or not known(form):
        return None
    first, ways = frozenset(lemmas(form)), grammars(form)
    likely = frozenset(way for way in ways if way.lemma in first and not (way.is_name and word.islower()))
    if any(way.part == "CONJ" for way in likely):
        return None
    tags = compatible(bared(likely))
    found = []
    for lemma, score in ((reading.lemma, reading.score) for reading in readings(form)):
        own = frozenset(way for way in ways if way.lemma == lemma and way.part in OPEN)
        if lemma not in first and score >= UNHEARD and (only := compatible(bared(own)) & ~tags).any():
            found.append(Unlikely(lemma, own, only))
    return Homonym(likely, tags, tuple(found)) if found else None


def bared(ways: frozenset[Grammar]) -> frozenset[Grammar]:
    """Grammars without the word that has them."""
    return frozenset(way._replace(lemma="", score=0.0, person="", is_name=False) for way in ways)


@lru_cache(1 << 12)
def compatible(ways: frozenset[Grammar]) -> Tags:
    """The tags that a word with one of these grammars can have."""
    tags = np.zeros(len(morphology().tags), np.bool_)
    for way in ways:
        tags |= tags_of(way)
    return tags


@lru_cache(1 << 12)
def tags_of(way: Grammar) -> Tags:
    """The tags that a word with this grammar can have."""
    return np.array([agrees(way, tag) for tag in morphology().grammemes])


def agrees(way: Grammar, tag: Grammemes) -> bool:
    """Whether what the dictionary says of a word and what the tagger says can be one."""
    features = tag.features
    if way.part == "ADVB" and tag.part == "NOUN":
        return features.get("Case") == "Ins"  # «утром», «порой»
    if tag.part not in PARTS.get(way.part, ()):
        return False
    if way.part not in PREDICATIVE and (way.part in SHORT) != (features.get("Variant") == "Short"):
        return False
    if (way.part == "COMP") != (features.get("Degree") == "Cmp"):
        return False
    if "VerbForm" in features and VERB_FORMS.get(way.part) != features["VerbForm"]:
        return False
    if way.part == "VERB" and (
        (way.mood == "impr") != (features.get("Mood") == "Imp")
        or (way.tense == "past") != (features.get("Tense") == "Past")
    ):
        return False
    return all(
        not ours or name not in features or ours == features[name]
        for ours, name in (
            (CASES.get(way.case), "Case"),
            (NUMBERS.get(way.number), "Number"),
            (GENDERS.get(way.gender), "Gender"),
        )
    )
