"""A name's place in a text in; the words around it and what its article is about, out."""

import re
from functools import lru_cache

from indexer.lexicon.type_words import TypeKind, of_type
from indexer.ner.organisation_spans import ABBREVIATION, SURELY
from indexer.ner.quotes import BEFORE, KEPT, LEFT, OPENING
from indexer.text.lemmas import share
from indexer.text.spans import Span
from indexer.text.tokens import fold

SPORT = re.compile(  # of small letters
    r"\b(матч|тренер|шайб|вратар|голкипер|нападающ|форвард|полузащитник|защитник|футбол|хоккеи?|баскетбол|волейбол|гандбол"
    r"|турнир|чемпионат|плей-офф|дивизион|лиг[аиуе]\b|клуб|кхл|рпл|нхл|вхл|фнл|кпл|болельщик|овертайм|забил)"
)
ACCIDENT = re.compile(
    r"(дтп|столкн|водител|\bавари|пешеход|за рул[её]м|иномарк|легковушк|врезал|госавтоинспекц|гибдд|угнал|угон|\bсбил"
    r"|задержал|полицейск)"
)
NEXT_WORD = re.compile(r"[»\"”]? (?:не )?([а-яё]+)")
OPENED = re.compile(r"[«\"“„] ?$")
ABOUT = {SPORT: 3, ACCIDENT: 2}  # different words of a matter in an article on it
APPOSITION = re.compile(r"[»\"”]? [–—-] ((?:[а-яё-]+ ?){1,4})")
SPOKEN = re.compile(r"[»\"”]? (?:пиш[еу]т|писал|сообщ|рассказыва|заявил|отмечает|предлож|объяв|уточн|подал|намерен)")
WORD_BEFORE = re.compile(r"(?s:.*)(?<![^\W\d_])([^\W\d_]+)[ \u00a0]$")  # from the end: far faster than a search
FAR = 40  # characters before a name where the word before it begins
SPEAKING = re.compile(
    r"(?:ссылк\w+ на|комментари\w+|интервью|корреспондент\w*|(?:сообщ|отмет|отмеч|заяв|расска|уточн|поясн|счита)\w* в)"
    r" [«\"“]?$"
)


def is_quoted(text: str, span: Span) -> bool:
    """Whether an opening quote stands right before it."""
    return text[span.start - 1 : span.start] in OPENING


@lru_cache(KEPT)
def words_before(text: str, start: int) -> tuple[str, ...]:
    """The folded words before a name back to the last sign, quotes right before it passed over."""
    before = BEFORE.findall(text, max(0, start - LEFT), start)
    while before and before[-1] in OPENING:
        before.pop()
    signs = [i for i, word in enumerate(before) if not word[0].isalnum()]
    return tuple(fold(word) for word in before[signs[-1] + 1 if signs else 0 :])


def word_before(text: str, start: int) -> str:
    """The word that one blank divides from what begins there, as printed; "" where there is none."""
    match = WORD_BEFORE.match(text, max(0, start - FAR), start)
    return match[1] if match else ""


def last_word(text: str, start: int) -> str:
    """The folded word right before a name; "" where a sign stands between."""
    words = words_before(text, start)
    return words[-1] if words else ""


def noun_before(text: str, start: int) -> str:
    """The last word before a name that is no adjective («капитан омского «Авангарда»»)."""
    words = words_before(text, start)
    for word in reversed(words[1:]):
        if share(word, "ADJF", "PRTF") <= 0.5:
            return word
    return words[0] if words else ""


def verb_follows(text: str, span: Span) -> bool:
    """Whether the next word is a finite verb."""
    after = NEXT_WORD.match(text, span.stop)
    return bool(after and share(fold(after[1]), "VERB") > 0.5)


def is_broken(text: str, span: Span) -> bool:
    """Whether a quote that began on the line before ends with it («Яндекс.⏎Погоды»)."""
    above = text.rfind("\n", 0, span.start)
    if above != span.start - 1 or text[span.stop : span.stop + 1] != "»":
        return False
    line = text[text.rfind("\n", 0, max(above, 0)) + 1 : max(above, 0)]
    return line.count("«") > line.count("»")


def is_street(text: str, span: Span) -> bool:
    """Whether a name is a woman's adjective alone, without quotes («Кленовая будет закрыта», no «Кольская
    ГМК», no «Единая дежурная служба»)."""
    name = text[span.start : span.stop]
    is_alone = name[1:].islower() and not OPENED.search(text, max(0, span.start - 2), span.start)
    is_adjective = is_alone and min(share(fold(name), "ADJF"), share(fold(name), "femn")) > SURELY
    after = NEXT_WORD.match(text, span.stop)
    goes_on = ABBREVIATION.match(text, span.stop + 1) or (after and share(fold(after[1]), "ADJF") > 0.5)
    return is_adjective and not goes_on


def thing_follows(text: str, span: Span) -> bool:
    """Whether a name is the adjective of what is no body («Шенгенского | соглашения»)."""
    *_, last = text[span.start : span.stop].split()
    after = NEXT_WORD.match(text, span.stop)
    return bool(after and of_type(after[1]) == "nameless" and share(fold(last).rpartition("-")[2], "ADJF") > SURELY)


def is_dateline(text: str, span: Span) -> bool:
    """Whether a town opens a news («КИРОВ, 18 ноября, …»)."""
    opens = span.start == 0 or text[span.start - 1] == "\n"
    return (
        opens
        and text[span.stop : span.stop + 1] in (",", ".")
        and share(fold(text[span.start : span.stop]), "Geox") > 0.3
    )


@lru_cache(64)
def is_about(text: str, words: re.Pattern[str]) -> bool:
    """Whether an article is about a matter: so many different words of it."""
    return len(set(words.findall(text.lower()))) >= ABOUT[words]


def type_after(text: str, span: Span) -> TypeKind | None:
    """What an apposition after a dash says («Saracen – австралийская компания»)."""
    after = APPOSITION.match(text, span.stop)
    for word in after[1].split() if after else ():
        kind = of_type(word)
        if kind or share(fold(word), "ADJF", "PRTF") < 0.5:
            return kind
    return None


def speaks(text: str, span: Span) -> bool:
    """Whether it is the one that says something («со ссылкой на «Маяк»», «сообщили в «Маяке»»)."""
    return bool(SPEAKING.search(text, max(0, span.start - LEFT), span.start) or SPOKEN.match(text, span.stop))
