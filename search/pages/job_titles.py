"""Finds the post that a text gives a person beside his name: «директор завода „Каучук“».

Only what stands beside the name in the same clause: before it («губернатором Андреем Бочаровым») or after a comma.
"""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from indexer.names.organisation_names import nominative_body
from indexer.names.word_readings import noun_readings
from indexer.text.lemmas import lemmas, share
from indexer.text.sentence_ends import sentences
from indexer.text.tokens import fold, forms
from search.result import Snippet

POSTS = frozenset(
    """
    губернатор вице-губернатор мэр вице-мэр глава министр премьер премьер-министр вице-премьер президент
    вице-президент председатель директор гендиректор замдиректор управляющий руководитель начальник заместитель
    депутат сенатор секретарь прокурор судья следователь адвокат нотариус посол консул ректор проректор декан доцент
    профессор академик учёный ученый историк краевед архитектор инженер технолог мастер бригадир сталевар агроном
    фермер врач главврач хирург учитель учительница воспитатель тренер капитан чемпион чемпионка режиссёр режиссер
    актёр актер актриса писатель поэт художник дирижёр дирижер музыкант журналист редактор корреспондент
    пресс-секретарь основатель владелец совладелец учредитель предприниматель бизнесмен командир командующий генерал
    полковник майор лейтенант маршал митрополит епископ архиепископ священник координатор уполномоченный омбудсмен
    советник помощник референт спикер вице-спикер замминистра замглавы замгубернатора замначальника замруководителя
    зампредседателя зампред эксперт аналитик экономист лидер представитель контролёр контролер ветеран атаман
    лаборант библиотекарь
    """.split()
)
CHARS_AROUND_NAME = 110  # characters before and after a name
CLAUSE_END = re.compile(r"[.!?;:,()\[\]\n…]|\s[\N{EM DASH}\N{EN DASH}-]\s")
COMMA = re.compile(r",\s+")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
NO_PART = ("VERB", "INFN", "GRND", "PRTS", "NPRO", "PRED")  # words that no post is called by
NEVER_LAST = ("CONJ", "PREP")  # words that no post ends in
ACTING = re.compile(r"(?<!\w)([Ии]\.[ \u00a0]?о\.|[Вв]рио)[ \u00a0]$")
WITH_SOMEBODY = ("с", "со")  # «во главе с инженером»: the post comes after it
MOSTLY_SHARE = 0.5
SINGULAR_SHARE = 0.1
RARELY_SHARE = 0.2  # «Владимира» is the nominative of a rare woman's name, «Анны» that of several Annas
POST_CHARS = 90
QUOTES = {"«": "»", "„": "“"}


@dataclass(frozen=True, slots=True)
class Role:
    """A post as the papers state it, in how many mentions and when; a sentence that says so, its article and paper."""

    label: str
    mentions: int
    article: int
    evidence: Snippet
    source: str | None = None
    first: dt.date | None = None  # the day of the earliest article that states it
    last: dt.date | None = None


class StatedPost(NamedTuple):
    """A post found: what it is called, its noun as printed, and where it begins in its clause."""

    label: str
    noun: str
    begin: int


def role(
    text: str, start: int, stop: int, others: tuple[tuple[int, int], ...] = (), nominative: str | None = None
) -> str | None:
    """The post given to the person at start:stop, in the nominative; `others`: the places of other persons' names,
    `nominative`: that of this one, where it is known.

    >>> text = "Вместе с губернатором Андреем Бочаровым приехала Анна Котова, главный инженер завода «Каучук»."
    >>> role(text, 22, 39), role(text, 49, 60)
    ('губернатор', 'главный инженер завода «Каучук»')
    """
    before = text[max(0, start - CHARS_AROUND_NAME) : start]
    first = max(
        (found.end() for found in CLAUSE_END.finditer(before)),
        default=0 if start <= CHARS_AROUND_NAME else before.find(" ") + 1,
    )
    post = _post(before[first:], anywhere=True)
    place = start - len(before) + first
    if post and not any(place < other < start for other, _ in others):
        is_next = any(other == stop + 1 for other, _ in others)
        if is_next and is_genitive(text[start:stop]):
            return None
        begin = place + post.begin
        acting = ACTING.search(text[max(0, begin - 8) : begin])
        if acting:
            return f"{acting[1].lower()} {text[begin:start].strip()}"
        return post.label if nominative is None or agree(post.noun, text[start:stop], nominative) else None
    after = COMMA.match(text, stop)
    if not after:
        return None
    end = CLAUSE_END.search(text, after.end(), after.end() + CHARS_AROUND_NAME)
    if not end or any(after.end() <= other < end.start() for other, _ in others):
        return None
    own = _post(text[after.end() : end.start()], anywhere=False)
    return own.label if own else None


def evidence(text: str, start: int, stop: int) -> Snippet:
    """The sentence that names the person at start:stop, his name marked."""
    begin = text.rfind("\n", 0, start) + 1
    end = text.find("\n", stop)
    paragraph = text[begin : end if end >= 0 else len(text)]
    first, last = next(
        ((a, b) for a, b in sentences(paragraph) if a <= start - begin < b),
        (0, len(paragraph)),
    )
    at = start - begin - first
    return Snippet(paragraph[first:last], ((at, at + stop - start),))


def agree(post: str, printed: str, nominative: str) -> bool:
    """Whether a post and the name after it can stand in one case; what does not is somebody else's post
    («пресс-секретарь Путина», «вдова директора Мария Зубова»).

    >>> agree("секретарь", "Путина", "Путин"), agree("директора", "Мария Зубова", "Мария Зубова")
    (False, False)
    """
    is_nominative = fold(printed) == fold(nominative)
    if share(post, "nomn") > MOSTLY_SHARE:
        return is_nominative
    given = [word for word in forms(printed)[0] if share(word, "Name") > MOSTLY_SHARE]
    may_be = any(r.noun and r.case == "n" and not r.plural for r in noun_readings(post))
    return may_be or not (is_nominative and given and all(share(word, "nomn") > MOSTLY_SHARE for word in given))


def _post(clause: str, anywhere: bool) -> StatedPost | None:
    """The post that the clause ends in, or that it consists of; None where it is none."""
    words = list(WORD.finditer(clause))
    begins = 1 + max((place for place, word in enumerate(words) if fold(word.group()) in WITH_SOMEBODY), default=-1)
    at = next((place for place, word in enumerate(words) if place >= begins and is_post(fold(word.group()))), None)
    if at is None:
        return None
    begin = at
    while begin and is_attribute(fold(words[begin - 1].group())):
        begin -= 1
    if begin and not anywhere:
        return None
    named = [fold(word.group()) for word in words[begin:]]
    if any(share(word, *NO_PART) > MOSTLY_SHARE for word in named) or share(named[-1], *NEVER_LAST) > MOSTLY_SHARE:
        return None
    phrase = clause[words[begin].start() :].strip(" \u00a0“”")
    if phrase.count('"') % 2:
        phrase = phrase.strip('" ')
    if len(phrase) > POST_CHARS or any(phrase.count(a) != phrase.count(b) for a, b in QUOTES.items()):
        return None
    noun = _lemma(fold(words[at].group())) or ""
    post = nominative_body(phrase) if begin < at else ""
    if noun not in post.lower().split() or begin == at:  # «бывшим главой»: the body's rules take him for a woman
        own = [_masculine(fold(word.group())) for word in words[begin:at]]
        post = " ".join([*own, noun]) + phrase[words[at].end() - words[begin].start() :]
    label = post if post[:2].isupper() else post[:1].lower() + post[1:]
    return StatedPost(label, fold(words[at].group()).rpartition("-")[2], words[begin].start())


def _masculine(adjective: str) -> str:
    """The nominative of a folded adjective beside a man's post."""
    readings = noun_readings(adjective)
    return next((r.nominative for r in readings if not r.noun and r.gender == "masc" and not r.plural), adjective)


def is_genitive(name: str) -> bool:
    """Whether the given name is in it: of «пресс-секретарь Владимира Путина Дмитрий Песков» the post is the other's."""
    given = [word for word in forms(name)[0] if share(word, "Name") > MOSTLY_SHARE]
    return bool(given) and all(share(word, "gent") and share(word, "nomn") < RARELY_SHARE for word in given)


def is_post(form: str) -> bool:
    """Whether the folded word is a form of a post, of one person."""
    return _lemma(form) is not None and share(form.rpartition("-")[2], "sing") > SINGULAR_SHARE


def is_attribute(form: str) -> bool:
    """Whether the folded word is an adjective, and no «его» or «который»."""
    return (share(form, "ADJF", "Anum") > MOSTLY_SHARE and not share(form, "Apro")) or form.startswith("бывш")


@lru_cache(1 << 14)
def _lemma(form: str) -> str | None:
    """The post that the folded word is a form of."""
    start, hyphen, word = form.rpartition("-")
    found = (start + hyphen + lemma for lemma in lemmas(word))
    return next((post for post in found if post.removeprefix("экс-") in POSTS), None)
