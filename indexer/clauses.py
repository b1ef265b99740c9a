"""A word's place among its neighbours in, what the grammar of the clause says of two ways to read it, out.

Only what leaves no choice: a preposition and adjectives before a noun agree with it («к местному вину», «ранним
утром»), no verb stands behind a preposition («в моём доме»), a clause has one predicate («выпуск стали вырос»,
«нарушителей правил оштрафовали»), «я» goes with a verb of the first person («я берегу»), somebody who is named and does
nothing else does this («императрица правила страной»), «выйти» wants a verb («вышли мести двор»), «чем» a comparison.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from indexer.lemmas import Grammar, grammars, share
from indexer.surnames import Case
from indexer.surroundings import GOVERNED
from indexer.tokens import fold

CASE_OF: dict[str, Case] = {
    "nomn": "n", "gent": "g", "gen1": "g", "gen2": "g", "datv": "d", "accs": "a", "acc2": "a", "ablt": "i",
    "loct": "p", "loc1": "p", "loc2": "p",
}  # fmt: skip
ATTRIBUTES = frozenset(("ADJF", "PRTF", "Apro"))
DIRECT = frozenset(("nomn", "accs"))
NOUNS = frozenset(("NOUN", "Subs"))
PREDICATES = frozenset(("VERB", "ADJS", "PRTS", "PRED"))
WANT_INSTRUMENTAL = frozenset(
    "пахнуть пропахнуть веять дышать пропитать пропитаться залить облить обливаться покрыть покрыться истекать".split()
)
WANT_GENITIVE = frozenset(  # reflexive verbs
    "бояться опасаться стыдиться касаться коснуться добиваться добиться лишаться лишиться дожидаться дождаться "
    "держаться придерживаться слушаться требоваться потребоваться".split()
)
WANT_INFINITIVE = frozenset("мочь смочь стать перестать уметь успеть выйти пойти должный нельзя".split())
ADVERBIAL = frozenset(("ADVB", "PRED"))
POSSESSIVES = frozenset(("его", "ее", "их"))  # or objects: «вы его потом увидите»; they agree with everything
CERTAIN, MOSTLY, MAYBE = 0.95, 0.5, 0.2
MOST_ATTRIBUTES = 3
QUOTES = frozenset('«»"“”„')
BREAKS = frozenset(
    ". , ; : ! ? … ( ) — – -- - и а но или либо да что чтобы как если когда где куда пока хотя будто ли чем".split()
)
SUBJECTS = {"я": ("1per", "sing"), "ты": ("2per", "sing"), "мы": ("1per", "plur"), "вы": ("2per", "plur")}


def decided(words: Sequence[str], at: int, likely: Collection[Grammar], other: Collection[Grammar]) -> bool | None:
    """Whether the word at `at` is to be read in one of the `other` ways; None where the grammar allows both."""
    parts, own = {way.part for way in likely}, {way.part for way in other}
    if own == {"NOUN"}:
        return is_noun(words, at, likely, other)
    if own == {"COMP"}:
        return True if is_compared(words, at) else None
    if own == {"VERB"}:
        subjects = {SUBJECTS[word] for word in clause(words, at) if word in SUBJECTS}
        if any((way.person, way.number) in subjects for way in other):
            return not is_barred(words, at, other)
        governs = parts == {"NOUN"} and at + 1 < len(words) and is_instrument(fold(words[at + 1]))
        return True if governs and follows_subject(words, at, other) else None
    if own == {"ADJS"}:
        direct = parts == {"NOUN"} and all(way.case in DIRECT for way in likely)
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
        return True if has_predicate(words, at) or stands_for_noun(words, at, other) else None
    if parts == {"NOUN"} and is_subject(words, at, likely, other):
        return True
    attributes, governed = before(words, at)
    if parts <= ADVERBIAL:
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
    """Whether «чем» follows the word, with a comma or without, or an adjective in the genitive and no noun for it."""
    after = [*(word.lower() for word in words[at + 1 : at + 3]), ".", "."]
    return after[0] == "чем" or after[:2] == [",", "чем"] or (is_of(fold(after[0])) and is_no_noun(after[1]))


def is_subject(words: Sequence[str], at: int, likely: Collection[Grammar], other: Collection[Grammar]) -> bool:
    """Whether a reflexive verb, which has no object, stands before the word and its adjectives, and of all its readings
    only the other can be the subject («расстегнулся ворот»)."""
    attributes, _ = before(words, at)
    verbs = reflexive(fold(words[at - len(attributes) - 1])) if at > len(attributes) else ()

    def fits(ways: Collection[Grammar]) -> bool:
        subjects = [way for way in ways if way.case == "nomn" and goes_with(way, attributes, None)]
        return any(agrees(verb, noun) for verb in verbs for noun in subjects)

    return fits(other) and not fits(likely)


def agrees(verb: Grammar, noun: Grammar) -> bool:
    """Whether a finite verb agrees with a noun in number and, where it says one, in gender."""
    return verb.number == noun.number and verb.gender in ("", noun.gender)


def is_means(words: Sequence[str], at: int) -> bool:
    """Whether a verb that wants an instrumental stands before the word («пропиталась потом», «залитое потом лицо»), or
    an instrumental is joined to it («потом и кровью»)."""
    if not at or words[at - 1] in BREAKS:
        return False  # «слесарем, потом и мастером»
    joined = words[at + 1 : at + 2] == ["и"] and at + 2 < len(words) and is_instrument(fold(words[at + 2]))
    return joined or wants_instrumental(fold(words[at - 1]))


def is_barred(words: Sequence[str], at: int, other: Collection[Grammar]) -> bool:
    """Whether the other reading is a verb where none can stand: behind a preposition, in a clause that has one."""
    behind = at > 0 and fold(words[at - 1]) in GOVERNED
    return {way.part for way in other} == {"VERB"} and (behind or has_predicate(words, at))


def is_only_verb(words: Sequence[str], at: int, likely: Collection[Grammar], other: Collection[Grammar]) -> bool:
    """Whether the likely verb is the clause's only one, and nothing stands before it that a noun would have there."""
    if {way.part for way in likely} != {"VERB"} or not {way.part for way in other} <= NOUNS:
        return False
    return not may_have_predicate(words, at) and not any(before(words, at))


def is_wanted_predicate(words: Sequence[str], at: int, likely: Collection[Grammar], other: Collection[Grammar]) -> bool:
    """Whether the likely noun leaves the clause without a predicate, which the other reading would be."""
    return (
        {way.part for way in likely} <= NOUNS
        and {way.part for way in other} <= PREDICATES
        and not may_have_predicate(words, at)
    )


def agreeing(words: Sequence[str], at: int, ways: Collection[Grammar]) -> frozenset[Grammar]:
    """The ways to read a noun that agree with the adjectives and the preposition before it."""
    attributes, governed = before(words, at)
    return frozenset(way for way in ways if goes_with(way, attributes, governed))


def follows_subject(words: Sequence[str], at: int, other: Collection[Grammar]) -> bool:
    """Whether right before the word one is named in the nominative of whom the clause says nothing, and it agrees."""
    subject = fold(words[at - 1]) if at else ""
    named = [way for way in grammars(subject) if way.part == "NOUN" and way.case == "nomn"]
    if sum(way.score for way in named) <= CERTAIN or share(subject, "anim") <= CERTAIN:
        return False
    return any(
        way.number == noun.number and (way.number == "plur" or way.gender == noun.gender)
        for way in other
        if way.part == "ADJS" or way.tense == "past"
        for noun in named
    ) and not may_have_predicate(words, at)


def stands_for_noun(words: Sequence[str], at: int, other: Collection[Grammar]) -> bool:
    """Whether a preposition or «этот» stands right before the word, and a noun it can be goes with that; «эти» may be
    the subject itself («эти стали первыми»)."""
    form = fold(words[at - 1]) if at else ""
    pointing = tuple(way for way in grammars(form) if way.lemma == "этот")
    governed = GOVERNED.get(form)
    if pointing:
        return any(way.case not in DIRECT and goes_with(way, [pointing], None) for way in other)
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


def may_have_predicate(words: Sequence[str], at: int) -> bool:
    """Whether the clause has another word that is at times a predicate."""
    return any(may_be_predicate(word) for word in clause(words, at))


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
    """Whether a folded form is an adjective or participle, or «этим», rather than anything else."""
    return (
        form not in POSSESSIVES
        and sum(way.score for way in grammars(form) if way.part in ATTRIBUTES or way.lemma == "это") > MOSTLY
    )


@lru_cache(1 << 14)
def is_finite(word: str) -> bool:
    """Whether a word is hardly anything but a verb in a person or in the past."""
    ways = [way for way in grammars(fold(word)) if way.part == "VERB"]
    return any(way.mood == "indc" for way in ways) and sum(way.score for way in ways) > CERTAIN


@lru_cache(1 << 14)
def may_be_predicate(word: str) -> bool:
    """Whether a word is at times a finite verb, a short form or «нельзя»."""
    return sum(way.score for way in grammars(fold(word)) if way.part in PREDICATES) > MAYBE


@lru_cache(1 << 12)
def is_instrument(form: str) -> bool:
    """Whether a folded form is a noun in the instrumental and nothing else."""
    return sum(way.score for way in grammars(form) if way.part == "NOUN" and way.case == "ablt") > CERTAIN


@lru_cache(1 << 12)
def is_of(form: str) -> bool:
    """Whether a folded form is an adjective in the genitive, which is no nominative or instrumental («уже старой»)."""
    ways = [way for way in grammars(form) if way.part in ("ADJF", "Subs")]
    cases = {way.case for way in ways}
    return "gent" in cases and not cases & {"nomn", "ablt"} and sum(way.score for way in ways) > MOSTLY


def is_no_noun(word: str) -> bool:
    """Whether a word in small letters is a preposition, a conjunction or a stop."""
    return word in BREAKS or word in GOVERNED


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
