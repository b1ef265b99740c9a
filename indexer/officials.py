"""A text in; bodies of power that it names in small letters («мэрия Москвы», «комитет промышленной политики»), out.

And the place of one that is named in capitals: the «Верховный суд» of an article may be that of Bangladesh.
"""

import re
from collections.abc import Iterable

from indexer.body_mentions import Place, Taken
from indexer.lemmas import lemmas, share
from indexer.names import known, noun_readings
from indexer.tokens import fold
from indexer.typewords import words

OF_PLACES = words("""
    правительство парламент администрация мэрия горадминистрация облдума гордума прокуратура генпрокуратура сборная
    посольство консульство генштаб полиция госдепартамент избирком генконсульство разведка
""")  # by themselves they name nobody
OF_MATTERS = words("комитет департамент министерство госкомитет")
HEADS = OF_PLACES | OF_MATTERS
CAPITAL_HEADS = words("""
    правительство парламент администрация мэрия прокуратура генпрокуратура сборная посольство генштаб полиция конгресс
    сенат суд министерство мид мвд минобороны минфин минздрав минюст центробанк госдепартамент кабинет совет собрание
    академия федерация союз комитет
""")
OURS = frozenset(("россия", "рф"))  # «МИД России» is the МИД
DIVISIONS = words("область край республика район округ город штат провинция")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
HEAD = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(head.rstrip('аяоейь') for head in HEADS))})[а-яё]{{0,3}}(?![\w-])")
NEXT = re.compile(r"[ \u00a0]([^\W\d_]+(?:-[^\W\d_]+)*)")
AND = re.compile(r"(?:,| и)(?= )")
NAMED = 0.1  # a word before another capitalised one that is likelier to be a given name than this is no place
LONGEST = 8  # words of one name


def found(text: str, others: Iterable[Place]) -> list[Place]:
    """The places of such names that have nothing in common with the other names."""
    taken = Taken(text, others)
    places = []
    for match in HEAD.finditer(text):
        heads = lemmas(fold(match.group()))
        if not OF_PLACES.isdisjoint(heads):
            stop = place_after(text, match.end())
        elif not OF_MATTERS.isdisjoint(heads):
            stop = matters_after(text, match.end())
        else:
            continue
        if stop and not taken.meets((match.start(), stop)):
            places.append((match.start(), stop))
    return places


def is_official(printed: str) -> bool:
    """Whether a name is one of those: a head in small letters and what it is the head of."""
    head, _, rest = printed.partition(" ")
    return bool(rest) and head.islower() and not HEADS.isdisjoint(lemmas(fold(head)))


def nominative(printed: str) -> str:
    """The nominative of such a name: only its first word declines («сборной Дании» → «Сборная Дании»).

    >>> nominative("администрацией Урюпинска"), nominative("правительство РФ")
    ('Администрация Урюпинска', 'Правительство России')
    """
    head, _, rest = printed.partition(" ")
    lemma = next((lemma for lemma in lemmas(fold(head)) if lemma in HEADS), head)
    return f"{lemma.capitalize()} {'России' if rest == 'РФ' else rest}"


def place_after(text: str, at: int) -> int:
    """Where the name of a place in the genitive that begins after a blank ends; 0 where there is none."""
    first = NEXT.match(text, at)
    if not first or not first[1][0].isupper():
        return 0
    second = NEXT.match(text, first.end())
    if second and lemmas(fold(second[1]))[0] in DIVISIONS and in_genitive(first[1], "ADJF"):
        return second.end()
    is_person = second and second[1][0].isupper() and share(fold(first[1]), "Name") > NAMED
    return first.end() if is_place(first[1]) and not is_person else 0


def is_place(word: str) -> bool:
    """A country or town in the genitive."""
    form = fold(word)
    return known(form) and share(form, "Geox") > 0 and any(r.case == "g" and r.proper for r in noun_readings(form))


def matters_after(text: str, at: int) -> int:
    """Where «промышленной политики, торговли» ends: words in the genitive, a place perhaps the last; 0: none."""
    stop, adjective = at, False
    for _ in range(LONGEST):
        join = AND.match(text, stop) if stop > at else None
        following = NEXT.match(text, join.end() if join else stop)
        if not following:
            break
        word = following[1]
        if word[0].isupper():
            return 0 if stop == at else (place_after(text, stop) or stop)
        if not in_genitive(word, "ADJF", "NOUN") or (stop == at and not in_genitive(word, "ADJF")):
            break
        stop = following.end()
        adjective = in_genitive(word, "ADJF") and not in_genitive(word, "NOUN")
    return 0 if adjective or stop == at else stop


def in_genitive(word: str, *classes: str) -> bool:
    """Whether a word can be an adjective or a noun in the genitive."""
    nouns = {"NOUN": True, "ADJF": False}
    wanted = {nouns[name] for name in classes}
    return any(r.case == "g" and r.noun in wanted and r.score > 0.05 for r in noun_readings(fold(word)))


def of_place(text: str, stop: int, label: str) -> str:
    """A body's label with the foreign country or the region that the text names right after it."""
    heads = {lemma for word in WORD.findall(label)[:2] for lemma in lemmas(fold(word))}
    end = 0 if CAPITAL_HEADS.isdisjoint(heads) else place_after(text, stop)
    place = text[stop:end].strip()
    if not place or (lemmas(fold(place))[0] in OURS and OF_PLACES.isdisjoint(heads)):
        return label
    return f"{label} {place}"
