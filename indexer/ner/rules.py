"""Corrects the tagger's spans of persons and bodies by rules."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from indexer.context.neighbours import word_before
from indexer.lexicon.gazetteer_forms import organisations
from indexer.lexicon.lemma_key import lemma_key
from indexer.lexicon.type_kinds import NAMED_AFTER
from indexer.lexicon.type_words import BODY_COMPOUND
from indexer.names.honorifics import POPE, TITLES
from indexer.names.name_parser import is_eastern
from indexer.names.organisation_names import is_shouted
from indexer.names.word_readings import marks, name_readings
from indexer.ner.false_persons import opens_sentence, without_nobodies
from indexer.ner.missed_persons import as_written_elsewhere, named_again, stage_names
from indexer.ner.ner_tagger import tagger
from indexer.ner.organisation_spans import EDGE_SIGNS, body_names, taken_for_places
from indexer.text.cut_text import CutText
from indexer.text.grammar import Sex
from indexer.text.lemmas import SURE_SHARE, known, lemmas, share
from indexer.text.sentences import pieces_of
from indexer.text.spans import Place, Span, Taken
from indexer.text.tokens import fold
from indexer.text.words import WORD

ONE_OR_TWO_WORDS = re.compile(r"([А-ЯЁ](?<![\w«\"-].)[а-яё]{3,})(?![\w-])(?: [А-ЯЁ][а-яё]+(?![\w-]))?")
UNDIVIDED = re.compile(r"[^(),;/\n]+")
LONGEST_NAME_CHARS = 400  # what the tagger takes for a longer name is a list or no text
SENTENCE_STARTS = frozenset('.!?…\n"»—–-:')
PARTICLES = frozenset(("де", "ван", "фон", "аль", "эль", "ибн", "бен", "ла", "ле", "ди", "да", "дель", "мак", "сан"))
SURNAME_ENDING = re.compile("(?:[оеё]в|[иы]н|[сц]к)(?:а|у|ым|ой|е|ий|ого|ому|им|ом|ая|ую)?$")
ABBREVIATED_GIVEN_NAME = re.compile("[А-ЯЁ][бвгджзклмнпрстфхцчшщ]?")  # a given name: «Дж.», «Л.»; «Ли.» ends a sentence
COMMITTEE = re.compile(r"СК(?<![\w«\"“„-]СК)(?![\w»\"”-]| ?[«\"“„])")
REGION_WORDS = frozenset(
    "по губернатор правительство дума министерство министр минздрав житель территория власть".split()
)
COMMON_ENDING = re.compile(
    r"(?:центр|служб|полици|театр|музе|институт|университет|завод|комбинат|банк|суд|энерго)\w{0,2}$"
)
KIN_WORDS = frozenset(
    "сын дочь внук внучка жена муж супруг супруга вдова вдовец брат сестра отец мать дед дедушка бабушка теща тесть "
    "зять невестка сноха племянник племянница дядя тетя невеста жених".split()
)
LEAST_GENITIVE_SCORE = 0.1  # «Мария» is hardly the genitive of «Марий»
POSSESSIVES = frozenset("мой твой свой наш ваш его ее их чей".split())  # «его жена Иванова Мария»: the surname is hers


def find(texts: Sequence[str]) -> list[tuple[Span, ...]]:
    """The spans of each text, in order, none overlapping, kinds person and body."""
    cut = [CutText(text) for text in texts]
    found = tagger().spans_of(pieces_of(cut), len(cut))
    return [tuple(corrected_spans(text, spans)) for text, spans in zip(cut, found, strict=True)]


def corrected_spans(text: CutText, spans: Sequence[Span]) -> list[Span]:
    """The raw spans of one text after all rules."""
    spans = without_nobodies(text, [span for span in spans if span.stop - span.start <= LONGEST_NAME_CHARS])
    raw = {
        kind: [(span.start, span.stop) for span in spans if span.kind == kind] for kind in ("person", "body", "place")
    }
    compounds = [place for place in raw["person"] if is_compound_body(fold(text[slice(*place)]))]
    as_bodies = set(compounds)
    raw["person"] = [place for place in raw["person"] if place not in as_bodies]
    others = compounds + [place for place in raw["place"] if lemma_key(text[slice(*place)]) in taken_for_places()]
    performers = stage_names(text)
    taken = Taken(text, performers)
    raw["body"] = [place for place in raw["body"] if not taken.meets(place)]
    named = sorted(performers + [place for place in persons_in(text, raw["person"]) if not taken.meets(place)])
    taken = Taken(text, (*raw["body"], *others, *named))
    others += [place for place in passed_over_bodies(text, raw["place"]) if not taken.meets(place)]
    bodies = shouted(text, body_names(text, raw["body"] + others))
    bodies = sorted(bodies + investigators(text, (*bodies, *named)))
    taken = Taken(text, bodies)
    persons = [place for place in named if not taken.meets(place)]
    persons = whole(text, sorted(persons + named_again(text, persons, bodies, raw["place"])))
    persons = as_written_elsewhere(text, persons, bodies)
    found = [Span(*place, "person") for place in persons] + [Span(*place, "body") for place in bodies]
    return sorted(found, key=lambda span: span.start)


def passed_over_bodies(text: CutText, places: Sequence[Place]) -> list[Place]:
    """Well-known organisations in any case that can be nothing else («Интерполу», «Голос Америки»); words made as names
    of bodies are, but «Медцентр» where a sentence opens; the dictionary's bodies, which has states among them
    («Вермонт»), not where the tagger sees a place."""
    found, known_ones, seen_as_places = [], organisations(), set(places)
    for match in ONE_OR_TWO_WORDS.finditer(text):
        both, one = match.group(0, 1)
        if both != one and fold(both) in known_ones:
            found.append(match.span())
            continue
        form, place = fold(one), match.span(1)
        is_made_so = is_compound_body(form) and not (COMMON_ENDING.search(form) and opens_sentence(text, place[0]))
        if form in known_ones or is_made_so or (is_body_in_dictionary(form) and place not in seen_as_places):
            found.append(place)
    return found


@lru_cache(1 << 14)
def is_body_in_dictionary(form: str) -> bool:
    """Whether the dictionary has a folded word as nothing but a body's name («Госавтоинспекция», «Росатом»)."""
    return known(form) and share(form, "Orgn") > SURE_SHARE


@lru_cache(1 << 14)
def is_compound_body(form: str) -> bool:
    """Whether a folded word that the dictionary lacks is made as names of bodies are («Минцифры», «Волгоградстат»)."""
    return bool(BODY_COMPOUND.search(form)) and not known(form)


def shouted(text: str, bodies: Sequence[Place]) -> list[Place]:
    """The bodies in order, those together that are one name in capitals («НЕВСКИМИ|НОВОСТЯМИ»)."""
    names: list[Place] = []
    for start, stop in bodies:
        if names and names[-1][1] == start - 1 and is_shouted(text[names[-1][0] : stop]):
            start = names.pop()[0]
        names.append((start, stop))
    return names


def investigators(text: CutText, others: Iterable[Place]) -> list[Place]:
    """The Investigative Committee by its two letters, which are a company's before quotes, a region's after
    «губернатор», and may stand in one of the other names."""
    found = [match.span() for match in COMMITTEE.finditer(text)]
    taken = Taken(text, others if found else ())
    return [
        place
        for place in found
        if not taken.meets(place) and REGION_WORDS.isdisjoint(lemmas(fold(word_before(text, place[0]) or "—")))
    ]


def persons_in(text: CutText, places: Iterable[Place]) -> list[Place]:
    """Persons in raw spans: one in each part between brackets and commas, titles off, a divided name joined."""
    names: list[Place] = []
    for start, stop in places:
        for match in UNDIVIDED.finditer(text[start:stop]):
            name = untitled(text, *bare(text, start + match.start(), start + match.end()))
            if names and is_divided(text, names[-1], name):
                name = (names.pop()[0], name[1])
            names += [one for one in of_kin(text, name) if one[1] - one[0] > 1]
    return names


def bare(text: str, start: int, stop: int) -> Place:
    """Without quotes and signs at the ends; the full stop of an initial at the end stays («Бочаров А.И.»)."""
    edges = EDGE_SIGNS.replace(".", "")
    while start < stop and text[start] in EDGE_SIGNS:
        start += 1
    while start < stop and text[stop - 1] in edges:
        stop -= 1
    return start, stop


def untitled(text: CutText, start: int, stop: int) -> Place:
    """Without what is no part of the name before it: an age, a title, the common words that open a sentence
    («34-летний Анри», «Император Акихито», «Актриса Фань Бинбин»)."""
    found = [match.span() for match in WORD.finditer(text, start, stop)]
    before = text.before(start, 1)
    opens = not before or before[0][-1] in SENTENCE_STARTS
    while len(found) > 1 and is_no_part(text[slice(*found[0])], opens):
        found.pop(0)
    return (found[0][0], stop) if found else (start, stop)


def is_no_part(word: str, opens: bool) -> bool:
    """Whether a word before a name is an age, a title, «им.», a body («Аль-Каиды Усамы») or opens a sentence and is
    nobody."""
    form = fold(word)
    is_title = not {*TITLES, POPE[0]}.isdisjoint(lemmas(form))
    return (
        word[0].isdigit() or is_title or word in NAMED_AFTER or form in organisations() or (opens and is_common(form))
    )


def is_common(form: str) -> bool:
    """A folded dictionary word that no one is called by; a thing's name may be a foreign one («Шейк», «Мин»)."""
    return (
        len(form) > 1
        and known(form)
        and form not in PARTICLES
        and not share(form, "Name", "Surn", "Patr", "Geox", "Init")
        and share(form, "inan") < 0.5
    )


def of_kin(text: CutText, name: Place) -> list[Place]:
    """The name; where it is two, of somebody and his kin, both («внучка Шаймиева | Камиля», «муж Ларисы | Валерий»)."""
    words = [match.span() for match in WORD.finditer(text, *name)]
    if len(words) < 2 or not is_kin(text, name[0]):
        return [name]
    first, second = (fold(text[slice(*word)]) for word in words[:2])
    if "Name" in marks(first):  # with a given name in the same case it is one name: «сын Ивана Петра»
        is_two = "Name" in marks(second) and is_genitive(first, "m", "f") and not is_genitive(second, "m", "f")
    else:
        is_given = "Name" in marks(second) or not (known(second) or SURNAME_ENDING.search(second))
        is_two = is_given and is_genitive(first, "m")
    return [words[0], (words[1][0], name[1])] if is_two else [name]


def is_genitive(form: str, *sexes: Sex) -> bool:
    """Whether a folded form may well be the genitive of another name of such a sex."""
    cells = [name_readings(form).get((sex, "g"), {}) for sex in sexes]
    return any(
        score > LEAST_GENITIVE_SCORE and nominative != form for cell in cells for nominative, score in cell.items()
    )


def is_kin(text: CutText, start: int) -> bool:
    """Whether a word for kin that no pronoun makes somebody's own stands right before a name."""
    kin = word_before(text, start)
    if KIN_WORDS.isdisjoint(lemmas(fold(kin))):
        return False
    return POSSESSIVES.isdisjoint(lemmas(fold(word_before(text, start - len(kin) - 1))))


def is_divided(text: CutText, one: Place, other: Place) -> bool:
    """Surname and «имя отчество» side by side («Гордеева Анна Петровна», but «вдова Ельцина|Наина Иосифовна»)."""
    if text[one[1] : other[0]] != " " or WORD.fullmatch(text, *one) is None or is_kin(text, one[0]):
        return False
    rest = WORD.findall(text[slice(*other)])
    return len(rest) == 2 and "Patr" in marks(fold(rest[1])) and share(fold(text[slice(*one)]), "Name") < 0.5


def whole(text: CutText, persons: Iterable[Place]) -> list[Place]:
    """Persons in order, those together that are one name («Мейв|Кеннеди»)."""
    names: list[Place] = []
    for name in persons:
        if names and is_broken(text, names[-1], name):
            name = (names.pop()[0], name[1])
        names.append(name)
    return names


def is_broken(text: CutText, one: Place, other: Place) -> bool:
    """A name that the tagger took for two: «Дж.|Коми», «Мейв|Кеннеди», «Хвана|Чжан Епа», but not «внучка
    Шаймиева|Камиля»."""
    first, between = text[slice(*one)], text[one[1] : other[0]]
    if between in (".", ". "):
        return bool(ABBREVIATED_GIVEN_NAME.fullmatch(first))
    form = fold(first)
    if between != " " or not WORD.fullmatch(first):
        return False
    if WORD.fullmatch(text, *other):
        return not known(form) and not SURNAME_ENDING.search(form)
    given = [fold(word) for word in WORD.findall(text[slice(*other)])]
    return is_eastern(form) and not is_kin(text, one[0]) and "Name" not in marks(given[0])
