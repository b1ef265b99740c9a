"""Tells by the grammar of a clause which of two ways to read a word is meant.

It decides only where the grammar leaves no choice: a preposition and adjectives before a noun agree with it («к
местному вину», «ранним утром»), no verb stands behind a preposition («в моём доме»), a clause has one predicate
(«выпуск стали вырос», «нарушителей правил оштрафовали»), «я» goes with a verb of the first person («я берегу»),
somebody who is named and does nothing else does this («императрица правила страной»), «выйти» wants a verb («вышли
мести двор»), «чем» a comparison.
"""

from collections.abc import Collection, Sequence
from functools import lru_cache

from indexer.senses.predicates import (
    CLAUSE_BREAKS,
    PREDICATE_PARTS,
    SOMETIMES_SHARE,
    agrees,
    clause,
    finite_verbs,
    has_predicate,
    is_told_by_participle,
    may_have_predicate,
)
from indexer.text.grammar import CASE_OF, GOVERNED
from indexer.text.lemmas import SURE_SHARE, Grammar, grammars, share
from indexer.text.tokens import fold

ATTRIBUTE_PARTS = frozenset(("ADJF", "PRTF", "Apro"))
DIRECT_CASES = frozenset(("nomn", "accs"))
NOUN_PARTS = frozenset(("NOUN", "Subs"))
WANT_INSTRUMENTAL = frozenset(
    "пахнуть пропахнуть веять дышать пропитать пропитаться залить облить обливаться покрыть покрыться истекать".split()
)
WANT_GENITIVE = frozenset(  # reflexive verbs
    "бояться опасаться стыдиться касаться коснуться добиваться добиться лишаться лишиться дожидаться дождаться "
    "держаться придерживаться слушаться требоваться потребоваться".split()
)
WANT_INFINITIVE = frozenset("мочь смочь стать перестать уметь успеть выйти пойти должный нельзя".split())
QUANTITIES = frozenset("много немало мало немного столько сколько несколько множество большинство".split())
ADVERB_PARTS = frozenset(("ADVB", "PRED"))
POSSESSIVES = frozenset(("его", "ее", "их"))  # or objects: «вы его потом увидите»; they agree with everything
MAIN_SHARE = 0.5
MOST_ATTRIBUTES = 3
SENTENCE_ENDS = frozenset(".!?…")
SUBJECT_PRONOUNS = {"я": ("1per", "sing"), "ты": ("2per", "sing"), "мы": ("1per", "plur"), "вы": ("2per", "plur")}


def is_other_meant(
    words: Sequence[str], at: int, likely: Collection[Grammar], other: Collection[Grammar]
) -> bool | None:
    """Whether the word at `at` is to be read in one of the `other` ways; None where the grammar allows both."""
    parts, own = {way.part for way in likely}, {way.part for way in other}
    if own == {"NOUN"}:
        return is_noun(words, at, likely, other)
    if own == {"COMP"}:
        return True if is_compared(words, at) else None
    if own == {"VERB"}:
        subjects = {SUBJECT_PRONOUNS[word] for word in clause(words, at) if word in SUBJECT_PRONOUNS}
        if any((way.person, way.number) in subjects for way in other):
            return not is_barred(words, at, other)
        if parts == {"NOUN"} and is_done_by_many(words, at, other):
            return True
        governs = parts == {"NOUN"} and at + 1 < len(words) and is_instrument(fold(words[at + 1]))
        return True if governs and follows_subject(words, at, other) else None
    if own == {"ADJS"}:
        direct = parts == {"NOUN"} and all(way.case in DIRECT_CASES for way in likely)
        return True if direct and follows_subject(words, at, other) else None
    if own == {"INFN"}:
        return True if parts == {"NOUN"} and at and wants_infinitive(fold(words[at - 1])) else None
    return None


def is_noun(words: Sequence[str], at: int, likely: Collection[Grammar], other: Collection[Grammar]) -> bool | None:
    """`decided` for a word whose other ways are all a noun's."""
    parts = {way.part for way in likely}
    if parts == {"VERB"}:
        if any(way.lemma == "быть" for way in likely):
            return None  # «были выдвинуты»
        is_told = has_predicate(words, at) or is_told_by_participle(words, at, likely)
        return True if is_told or stands_for_noun(words, at, other) else None
    if parts == {"NOUN"} and (is_subject(words, at, likely, other) or opens_as_subject(words, at, likely, other)):
        return True
    attributes, governed = attributes_before(words, at)
    if parts <= ADVERB_PARTS:
        agrees = any((attributes, governed)) and any(goes_with(way, attributes, governed) for way in other)
        return True if agrees or (is_means(words, at) and any(way.case == "ablt" for way in other)) else None
    if not parts <= {"NOUN", "COMP", "Apro", "VERB"}:
        return None
    if not attributes and (not governed or parts != {"NOUN"}):
        return None
    fits = [any(goes_with(way, attributes, governed) for way in ways) for ways in (likely, other)]
    if "VERB" in parts and not (fits[1] and (governed or has_predicate(words, at))):
        return None  # «новые дали согласие»
    return fits[1] if fits[0] != fits[1] else None


def is_compared(words: Sequence[str], at: int) -> bool:
    """Whether «чем» follows the word, with a comma or without, or an adjective in the genitive and no noun for it; in
    the genitive or the instrumental where the clause has no other predicate («улица уже соседней»)."""
    after = [*(word.lower() for word in words[at + 1 : at + 3]), ".", "."]
    is_alone = is_no_noun(after[1]) and is_genitive_adjective(
        fold(after[0]), "nomn ablt" if may_have_predicate(words, at) else "nomn"
    )
    return after[0] == "чем" or after[:2] == [",", "чем"] or is_alone


def is_subject(words: Sequence[str], at: int, likely: Collection[Grammar], other: Collection[Grammar]) -> bool:
    """Whether a reflexive verb, which has no object, stands before the word and its adjectives, and of all its readings
    only the other can be the subject («расстегнулся ворот»)."""
    attributes, _ = attributes_before(words, at)
    found = reflexive(fold(words[at - len(attributes) - 1])) if at > len(attributes) else ()

    def fits(ways: Collection[Grammar]) -> bool:
        subjects = [way for way in ways if way.case == "nomn" and goes_with(way, attributes, None)]
        return any(agrees(verb, noun) for verb in found for noun in subjects)

    return fits(other) and not fits(likely)


def opens_as_subject(words: Sequence[str], at: int, likely: Collection[Grammar], other: Collection[Grammar]) -> bool:
    """Whether the word opens its sentence, the verb wants a subject, and of all its readings only the other is one
    («Банка с краской упала»); «не» and a genitive may be all («Банка не нашли»)."""
    attributes, _ = attributes_before(words, at)
    if (at > len(attributes) and words[at - len(attributes) - 1] not in SENTENCE_ENDS) or "не" in clause(words, at):
        return False
    subjects = [way for way in other if way.case == "nomn" and goes_with(way, attributes, None)]
    fits = any(agrees(verb, noun) for verb in finite_verbs(words, at) for noun in subjects)
    return fits and all(way.case != "nomn" for way in likely)


def is_done_by_many(words: Sequence[str], at: int, other: Collection[Grammar]) -> bool:
    """Whether the word alone may be a verb, in the past and neuter, and «много» stands beside («стекло много воды»)."""
    beside = {word.lower() for word in (*words[max(0, at - 1) : at], *words[at + 1 : at + 2])}
    is_neuter = any(way.tense == "past" and way.gender == "neut" for way in other)
    return is_neuter and not beside.isdisjoint(QUANTITIES) and not may_have_predicate(words, at)


def is_means(words: Sequence[str], at: int) -> bool:
    """Whether a verb that wants an instrumental stands before the word («пропиталась потом», «залитое потом лицо»), or
    an instrumental is joined to it («потом и кровью»)."""
    if not at or words[at - 1] in CLAUSE_BREAKS:
        return False  # «слесарем, потом и мастером»
    joined = words[at + 1 : at + 2] == ["и"] and at + 2 < len(words) and is_instrument(fold(words[at + 2]))
    return joined or wants_instrumental(fold(words[at - 1]))


def is_barred(words: Sequence[str], at: int, other: Collection[Grammar]) -> bool:
    """Whether the other reading is a verb where none can stand: behind a preposition, in a clause that has one."""
    behind = at > 0 and fold(words[at - 1]) in GOVERNED
    return {way.part for way in other} == {"VERB"} and (behind or has_predicate(words, at))


def is_only_verb(words: Sequence[str], at: int, likely: Collection[Grammar], other: Collection[Grammar]) -> bool:
    """Whether the likely verb is the clause's only one, and nothing stands before it that a noun would have there."""
    if {way.part for way in likely} != {"VERB"} or not {way.part for way in other} <= NOUN_PARTS:
        return False
    return not may_have_predicate(words, at) and not any(attributes_before(words, at))


def is_wanted_predicate(words: Sequence[str], at: int, likely: Collection[Grammar], other: Collection[Grammar]) -> bool:
    """Whether the likely noun leaves the clause without a predicate, which the other reading would be."""
    return (
        {way.part for way in likely} <= NOUN_PARTS
        and {way.part for way in other} <= PREDICATE_PARTS
        and not may_have_predicate(words, at)
    )


def agreeing(words: Sequence[str], at: int, ways: Collection[Grammar]) -> frozenset[Grammar]:
    """The ways to read a noun that agree with the adjectives and the preposition before it."""
    attributes, governed = attributes_before(words, at)
    return frozenset(way for way in ways if goes_with(way, attributes, governed))


def follows_subject(words: Sequence[str], at: int, other: Collection[Grammar]) -> bool:
    """Whether right before the word one is named in the nominative of whom the clause says nothing, and it agrees."""
    subject = fold(words[at - 1]) if at else ""
    named = [way for way in grammars(subject) if way.part == "NOUN" and way.case == "nomn"]
    if sum(way.score for way in named) <= SURE_SHARE or share(subject, "anim") <= SURE_SHARE:
        return False
    return any(
        way.number == noun.number and (way.number == "plur" or way.gender == noun.gender)
        for way in other
        if way.part == "ADJS" or way.tense == "past"
        for noun in named
    ) and not may_have_predicate(words, at)


def stands_for_noun(words: Sequence[str], at: int, other: Collection[Grammar]) -> bool:
    """Whether a preposition stands before the word, perhaps with adjectives, or «этот» right before it, and a noun it
    can be goes with that; «эти» may be the subject itself («эти стали первыми»), an adjective a noun («для больной
    стали искать»)."""
    attributes, governed = attributes_before(words, at)
    pointing = tuple(way for way in grammars(fold(words[at - 1]) if at else "") if way.lemma == "этот")
    if pointing:
        return any(way.case not in DIRECT_CASES and goes_with(way, [pointing], None) for way in other)
    if not governed or (
        attributes and share(fold(words[at + 1]) if at + 1 < len(words) else "", "INFN") > SOMETIMES_SHARE
    ):
        return False
    return any(goes_with(way, attributes, governed) for way in other)


def attributes_before(words: Sequence[str], at: int) -> tuple[list[tuple[Grammar, ...]], str | None]:
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


@lru_cache(1 << 14)
def is_attribute(form: str) -> bool:
    """Whether a folded form is an adjective or participle, or «этим», rather than anything else."""
    return (
        form not in POSSESSIVES
        and sum(way.score for way in grammars(form) if way.part in ATTRIBUTE_PARTS or way.lemma == "это") > MAIN_SHARE
    )


@lru_cache(1 << 12)
def is_instrument(form: str) -> bool:
    """Whether a folded form is a noun in the instrumental and nothing else."""
    return sum(way.score for way in grammars(form) if way.part == "NOUN" and way.case == "ablt") > SURE_SHARE


@lru_cache(1 << 12)
def is_genitive_adjective(form: str, never: str) -> bool:
    """Whether a folded form is an adjective in the genitive that can be in none of some other cases."""
    ways = [way for way in grammars(form) if way.part in ("ADJF", "Subs")]
    cases = {way.case for way in ways}
    return "gent" in cases and cases.isdisjoint(never.split()) and sum(way.score for way in ways) > MAIN_SHARE


def is_no_noun(word: str) -> bool:
    """Whether a word in small letters is a preposition, a conjunction or a stop."""
    return word in CLAUSE_BREAKS or word in GOVERNED


@lru_cache(1 << 12)
def reflexive(form: str) -> tuple[Grammar, ...]:
    """A folded form as a finite reflexive verb that no genitive goes with."""
    return tuple(
        way
        for way in grammars(form)
        if way.part == "VERB" and way.lemma.endswith("ся") and way.lemma not in WANT_GENITIVE
    )


@lru_cache(1 << 12)
def wants_instrumental(form: str) -> bool:
    """Whether a folded form is of a verb of smells and liquids, which goes with an instrumental."""
    return any(way.lemma in WANT_INSTRUMENTAL for way in grammars(form))


@lru_cache(1 << 12)
def wants_infinitive(form: str) -> bool:
    """Whether a folded form is of a word that goes with an infinitive and with no noun in the genitive."""
    return any(way.lemma in WANT_INFINITIVE for way in grammars(form))
