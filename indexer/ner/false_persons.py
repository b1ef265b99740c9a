"""Drops persons of one word that the network is hardly sure of and that are nobody.

A word that the dictionary knows, but not as anybody's name («Вирусолог», «Кинопрограмма», «Тамбову»), is one where the
network is sure or another mention of the article says so: «Рычаг» beside «Пётр Рычаг». The limits were read off 1,600
spans of one word in 1,000 press articles and off NEREL, factRuEval and BSNLP: below them two in three are nobody.
"""

import math
import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from indexer.context.neighbours import word_before
from indexer.context.quotes import before_quotes
from indexer.names.word_readings import marks, surname_lemmas
from indexer.text.cut_text import CutText
from indexer.text.lemmas import known, lemmas, share
from indexer.text.spans import Span
from indexer.text.tokens import fold
from indexer.text.words import WORD_PART

ADDRESS_WORDS = frozenset(
    "улица проспект переулок набережная площадь шоссе бульвар проезд село деревня поселок хутор станица житель "
    "жительница".split()
)
SURNAME_ENDING = re.compile("(?:[ое]в|[иы]н)(?:а|у|ым|ой|е)?$")
KNOWN_AS_OTHER_MARGIN = 5.5  # margin below which a dictionary's word that is no name is none
NO_NOUN_MARGIN = 7.0  # the same of a verb or participle («Приговорённую»)
TOWN_LIKE_SURNAME_MARGIN = 2.5  # the same of «Тамбову», «Камышлова»; «Кустов», «Ореховой» may be anybody
SENTENCE_OPENING_MARGIN = 8.0  # the same of one that opens a sentence, if the article writes it small, too
UNKNOWN_MARGIN = 1.5  # the same of a word that the dictionary does not have
CERTAIN_NAME_SHARE = 0.9  # share of a word's readings as a name above which it is one
HOUSE_NUMBER = re.compile(
    r",[ \u00a0]?(?:д(?:\.|ом)[ \u00a0]?)?\d{1,3}(?:[/-]\d+|[а-я])?(?=[.,;:)!?»\n]|$| в | корп| стр)"
)
ABBREVIATED_ADDRESSES = frozenset("ул просп пр пр-т пер бульв бул б-р наб пл мкр пос дер".split())
SENTENCE_ENDS = frozenset('.!?…\n»"–—:•')
HYPHENED_WORD = re.compile(r"[\w-]+")
ENDING = re.compile("[а-яё]{0,3}$")
TEXTS_KEPT = 2  # texts whose words are kept: many names of one text are asked about, one after another
DEMONYM = re.compile("(?:[чжш]а|[вглрт]я)н(?:ин(?:а|у|ом|е)?|к[аиеу]|кой)$")
STREET_ENDING = re.compile("-(?:стрит|роуд|авеню|сквер|сквэр|с[её]ркус|сити|штрассе|плац|холл|парк|бридж)[а-я]{0,2}$")


def without_nobodies(text: CutText, spans: Iterable[Span]) -> list[Span]:
    """The raw spans of a text without persons who are nobody."""
    spans = list(spans)
    addresses = {span for span in spans if span.kind == "person" and is_address(text, span)}
    streets = {fold(text[span.start : span.stop]) for span in addresses}
    spans = [span for span in spans if span not in addresses]
    doubted = {span for span in spans if span.kind == "person" and is_doubted_in(text, span, streets)}
    if not doubted:
        return spans
    names = supporting(text, [span for span in spans if span.kind == "person" and span not in doubted])
    nobodies = {span for span in doubted if names.isdisjoint(forms(text[span.start : span.stop]))}
    return [span for span in spans if span not in nobodies]


def is_address(text: CutText, span: Span) -> bool:
    """Whether a person is a street or a village («улицу Фокина», «ул. Фокина», «жительницы Шилова», «на Фокина, 5»)."""
    before = word_before(text, span.start)
    if before == "на" and HOUSE_NUMBER.match(text, span.stop):
        return True
    if span.margin == math.inf:
        return False
    if before:
        return not ADDRESS_WORDS.isdisjoint(lemmas(fold(before)))
    return is_address_before(text, span.start)


def is_address_before(text: CutText, start: int) -> bool:
    """Whether an abbreviation for a street or a village stands before a name («ул.»)."""
    address = text.tokens_before(start) - 2
    if address < 0 or text.words[address + 1] != "." or text.words[address] not in ABBREVIATED_ADDRESSES:
        return False
    return not text.continues(address)


def is_doubted_in(text: CutText, span: Span, streets: Collection[str]) -> bool:
    """Whether a person of one word is one only if other mentions say so: by the word, as a street of the article, or
    since the word has its capital from the sentence that it opens."""
    name = text[span.start : span.stop]
    if is_doubted(name, span):
        return True
    form = fold(name)
    if span.margin == math.inf:
        return False
    return form in streets or (opens_sentence(text, span.start) and is_common_here(text, form, span.margin))


def opens_sentence(text: CutText, start: int) -> bool:
    """Whether a sentence begins there."""
    last = before_quotes(text, text.tokens_before(start))
    return not last or text.words[last - 1][-1] in SENTENCE_ENDS


def is_common_here(text: CutText, form: str, margin: float) -> bool:
    """Whether a word that opens a sentence is nobody's name: a townsman («Саратовчанка»), or no name in the dictionary,
    and the article also writes it small («Снюсы … снюсов», «Кладовщик … кладовщика»)."""
    if DEMONYM.search(form):
        return True
    if margin >= SENTENCE_OPENING_MARGIN or marks(form) or SURNAME_ENDING.search(form):
        return False
    return form[: max(4, len(form) - 2)] in beginnings_of_words(text)


@lru_cache(TEXTS_KEPT)
def beginnings_of_words(text: CutText) -> frozenset[str]:
    """The words of a text as printed, and all that is left of each without one, two or three letters at its end."""
    words = set(HYPHENED_WORD.findall(text))
    return frozenset(word[: len(word) - ending] for word in words for ending in range(len(ENDING.findall(word)[0]) + 1))


def is_doubted(name: str, span: Span) -> bool:
    """Whether a person of one word, wherever it stands, is one only if other mentions say so.

    >>> is_doubted("Вирусолог", Span(0, 9, "person", 4.0)), is_doubted("Бочаров", Span(0, 7, "person", 4.0))
    (True, False)
    """
    form = fold(name)
    parts = WORD_PART.findall(form)
    is_numbered = len(form.split()) == 1 and any(part.isdigit() for part in parts)  # «Ми-8», «Формула-1»
    if is_numbered or any(STREET_ENDING.search(word) for word in form.split()):
        return True
    if span.margin >= NO_NOUN_MARGIN:
        return False
    if SURNAME_ENDING.search(form):
        return span.margin < TOWN_LIKE_SURNAME_MARGIN and is_other(form) and share(form, "Geox") > 0
    if all(is_other(part) for part in parts):
        return span.margin < KNOWN_AS_OTHER_MARGIN or share(form, "VERB", "PRTF", "PRTS", "GRND", "INFN") > 0.5
    return span.margin < UNKNOWN_MARGIN and not known(form) and share(form, "Name", "Surn", "Patr") < CERTAIN_NAME_SHARE


def is_other(word: str) -> bool:
    """Whether the dictionary knows a folded word and as nobody's name."""
    return known(word) and not marks(word)


def supporting(text: CutText, spans: Sequence[Span]) -> frozenset[str]:
    """All that the words of these names may be forms of."""
    words = {match.group() for span in spans for match in WORD_PART.finditer(text, span.start, span.stop)}
    return frozenset(form for word in words for form in forms(word))


def forms(name: str) -> set[str]:
    """The folded nominatives that a name of one word may have."""
    form = fold(name)
    return {form, *lemmas(form), *surname_lemmas(form)}
