"""A text and where it names a person in, the post that it gives him there out: «директор завода „Каучук“».

Only what stands beside the name in the same clause: before it («губернатором Андреем Бочаровым») or after a comma.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from indexer.body_names import nominative_body
from indexer.lemmas import lemmas, share
from indexer.tokens import fold, forms
from search.result import Snippet
from search.snippets import sentences

POSTS = frozenset(
    "губернатор вице-губернатор мэр вице-мэр глава министр премьер премьер-министр вице-премьер президент "
    "вице-президент председатель директор гендиректор замдиректор управляющий руководитель начальник заместитель "
    "депутат сенатор секретарь прокурор судья следователь адвокат нотариус посол консул ректор проректор декан доцент "
    "профессор академик учёный ученый историк краевед архитектор инженер технолог мастер бригадир сталевар агроном "
    "фермер врач главврач хирург учитель учительница воспитатель тренер капитан чемпион чемпионка режиссёр режиссер "
    "актёр актер актриса писатель поэт художник дирижёр дирижер музыкант журналист редактор корреспондент "
    "пресс-секретарь основатель владелец совладелец учредитель предприниматель бизнесмен командир командующий генерал "
    "полковник майор лейтенант маршал митрополит епископ архиепископ священник координатор уполномоченный омбудсмен "
    "эксперт аналитик экономист лидер представитель контролёр контролер ветеран атаман лаборант библиотекарь".split()
)
REACH = 110  # characters before and after a name
CUT = re.compile(r"[.!?;:,()\[\]\n…]|\s[\N{EM DASH}\N{EN DASH}-]\s")
AFTER = re.compile(r",\s+")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
NO_PART = ("VERB", "INFN", "GRND", "PRTS", "NPRO", "PRED")  # words that no post is called by
OPEN = ("CONJ", "PREP")  # words that no post ends in
WITH = ("с", "со")  # «во главе с инженером»: the post comes after it
MOSTLY = 0.5
SINGULAR = 0.1
RARELY = 0.2  # «Владимира» is the nominative of a rare woman's name, «Анны» that of several Annas
LONGEST = 90
QUOTES = {"«": "»", "„": "“"}


@dataclass(frozen=True, slots=True)
class Role:
    """A post as the papers state it, in how many mentions; a sentence that says so, and its article."""

    label: str
    mentions: int
    article: int
    evidence: Snippet


def role(text: str, start: int, stop: int, others: tuple[tuple[int, int], ...] = ()) -> str | None:
    """The post given to the person at start:stop, in the nominative; `others`: the places of other persons' names.

    >>> text = "Вместе с губернатором Андреем Бочаровым приехала Анна Котова, главный инженер завода «Каучук»."
    >>> role(text, 22, 39), role(text, 49, 60)
    ('губернатор', 'главный инженер завода «Каучук»')
    """
    before = text[max(0, start - REACH) : start]
    first = max((found.end() for found in CUT.finditer(before)), default=0 if start <= REACH else before.find(" ") + 1)
    phrase = _post(before[first:], anywhere=True)
    place = start - len(before) + first
    if phrase and not any(place < other < start for other, _ in others):
        is_next = any(other == stop + 1 for other, _ in others)
        return None if is_next and is_genitive(text[start:stop]) else phrase
    after = AFTER.match(text, stop)
    if not after:
        return None
    end = CUT.search(text, after.end(), after.end() + REACH)
    if not end or any(after.end() <= other < end.start() for other, _ in others):
        return None
    return _post(text[after.end() : end.start()], anywhere=False)


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


def _post(clause: str, anywhere: bool) -> str | None:
    """The post that the clause ends in, or that it consists of; None where it is none."""
    words = list(WORD.finditer(clause))
    begins = 1 + max((place for place, word in enumerate(words) if fold(word.group()) in WITH), default=-1)
    at = next((place for place, word in enumerate(words) if place >= begins and is_post(fold(word.group()))), None)
    if at is None:
        return None
    begin = at
    while begin and is_attribute(fold(words[begin - 1].group())):
        begin -= 1
    if begin and not anywhere:
        return None
    named = [fold(word.group()) for word in words[begin:]]
    if any(share(word, *NO_PART) > MOSTLY for word in named) or share(named[-1], *OPEN) > MOSTLY:
        return None
    phrase = clause[words[begin].start() :].strip(' \u00a0"“”')
    if len(phrase) > LONGEST or any(phrase.count(a) != phrase.count(b) for a, b in QUOTES.items()):
        return None
    post = nominative_body(phrase) if len(named) > 1 else _lemma(named[0]) or phrase
    return post if post[:2].isupper() else post[:1].lower() + post[1:]


def is_genitive(name: str) -> bool:
    """Whether the given name is in it: of «пресс-секретарь Владимира Путина Дмитрий Песков» the post is the other's."""
    given = [word for word in forms(name)[0] if share(word, "Name") > MOSTLY]
    return bool(given) and all(share(word, "gent") and share(word, "nomn") < RARELY for word in given)


def is_post(form: str) -> bool:
    """Whether the folded word is a form of a post, of one person."""
    return _lemma(form) is not None and share(form.rpartition("-")[2], "sing") > SINGULAR


def is_attribute(form: str) -> bool:
    """Whether the folded word is an adjective, and no «его» or «который»."""
    return share(form, "ADJF", "Anum") > MOSTLY and not share(form, "Apro")


@lru_cache(1 << 14)
def _lemma(form: str) -> str | None:
    """The post that the folded word is a form of."""
    start, hyphen, word = form.rpartition("-")
    return next((post for lemma in lemmas(word) if (post := start + hyphen + lemma) in POSTS), None)
