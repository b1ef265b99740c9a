"""Says what the words round a name tell of its kind."""

import re

from indexer.context.neighbours import ABBREVIATION, NEXT_WORD, last_word, noun_before
from indexer.context.quotes import tokens_before_name
from indexer.lexicon.type_kinds import TypeKind, type_kind
from indexer.lexicon.type_words import (
    BESIDE_ENTERPRISE,
    BESIDE_ORGANISATION,
    LEGAL_ENTERPRISE,
    LEGAL_WORDS,
    NO_BODIES,
    STREETS,
    THINGS,
)
from indexer.text.cut_text import OPENING, CutText
from indexer.text.lemmas import SURE_SHARE, lemmas, share
from indexer.text.spans import Span
from indexer.text.tokens import fold

APPOSITION = re.compile(r"[»\"”]? [–—-] ((?:[а-яё-]+ ?){1,4})")
SPEECH_VERB = re.compile(
    r"[»\"”]? (?:пиш[еу]т|писал|сообщ|рассказыва|заявил|отмечает|предлож|объяв|уточн|подал|намерен)"
)
SOURCE_BEFORE = re.compile(  # the two words before a name
    r"(?:ссылк\w+ на|комментари\w+|интервью|корреспондент\w*|(?:сообщ|отмет|отмеч|заяв|расска|уточн|поясн|счита)\w* в)$"
)


def is_broken(text: str, span: Span) -> bool:
    """Whether a quote that began on the line before ends with it («Яндекс.⏎Погоды»)."""
    above = span.start - 1
    if text[max(above, 0) : span.start] != "\n" or text[span.stop : span.stop + 1] != "»":
        return False
    line = text[text.rfind("\n", 0, above) + 1 : above]
    return line.count("«") > line.count("»")


def is_street(text: CutText, span: Span) -> bool:
    """Whether a name is a woman's adjective alone, without quotes («Кленовая будет закрыта», no «Кольская
    ГМК», no «Единая дежурная служба»)."""
    name = text[span.start : span.stop]
    is_alone = name[1:].islower() and OPENING.isdisjoint(text.before(span.start, 1))
    is_adjective = is_alone and min(share(fold(name), "ADJF"), share(fold(name), "femn")) > SURE_SHARE
    after = NEXT_WORD.match(text, span.stop)
    goes_on = ABBREVIATION.match(text, span.stop + 1) or (after and share(fold(after[1]), "ADJF") > 0.5)
    return is_adjective and not goes_on


def thing_follows(text: str, span: Span) -> bool:
    """Whether a name is the adjective of what is no body («Шенгенского | соглашения»)."""
    *_, last = text[span.start : span.stop].split()
    after = NEXT_WORD.match(text, span.stop)
    return bool(
        after and type_kind(after[1]) == "nameless" and share(fold(last).rpartition("-")[2], "ADJF") > SURE_SHARE
    )


def is_dateline(text: str, span: Span) -> bool:
    """Whether a town opens a news («КИРОВ, 18 ноября, …»)."""
    opens = span.start == 0 or text[span.start - 1] == "\n"
    return (
        opens
        and text[span.stop : span.stop + 1] in (",", ".")
        and share(fold(text[span.start : span.stop]), "Geox") > 0.3
    )


def apposition_kind(text: str, span: Span) -> TypeKind | None:
    """What an apposition after a dash says («Saracen – австралийская компания»)."""
    after = APPOSITION.match(text, span.stop)
    for word in after[1].split() if after else ():
        kind = type_kind(word)
        if kind or share(fold(word), "ADJF", "PRTF") < 0.5:
            return kind
    return None


def is_speaker(text: CutText, span: Span) -> bool:
    """Whether it is the one that says something («со ссылкой на «Маяк»», «сообщили в «Маяке»»)."""
    before = " ".join(text.words_to(text.unquoted(span.start), 2))
    return bool(SOURCE_BEFORE.search(before) or SPEECH_VERB.match(text, span.stop))


def after_abbreviation(text: CutText, start: int) -> bool:
    """Whether an abbreviation stands before, of a type that we do not know («БКХ «Коломенский»»)."""
    last = next((word for word in reversed(tokens_before_name(text, start)[-3:]) if word not in OPENING), "")
    return bool(ABBREVIATION.fullmatch(last)) and fold(last) not in NO_BODIES and not type_kind(last)


def is_model(text: CutText, span: Span) -> bool:
    """Whether a Latin name stands right after the word for a product or a building («жилой комплекс Crystal»)."""
    is_latin = text[span.start : span.stop].isascii()
    return is_latin and not THINGS.isdisjoint(lemmas(last_word(text, span.start)))


def on_street(text: CutText, start: int) -> bool:
    """Whether a name is a street's («проспект Науки»)."""
    return not STREETS.isdisjoint(lemmas(last_word(text, start)))


def legal_form_kind(text: CutText, start: int) -> TypeKind | None:
    """What the legal form before a name says; an abbreviation may stand between («АО «ПО «Возрождение»»)."""
    words = [word for word in tokens_before_name(text, start)[-4:] if word not in OPENING]
    last, *rest = [*reversed(words), ""]
    if fold(last) in LEGAL_WORDS:
        return "enterprise" if fold(last) in LEGAL_ENTERPRISE else "organisation"
    is_between = ABBREVIATION.fullmatch(last) and rest and fold(rest[0]) in LEGAL_ENTERPRISE
    return "enterprise" if is_between else None


def neighbour_kind(text: CutText, span: Span) -> TypeKind | None:
    """What the word right before a name says («акции «Магнита»», «тренер «Ротора»»)."""
    found = lemmas(noun_before(text, span.start))
    if not BESIDE_ENTERPRISE.isdisjoint(found):
        return "enterprise"
    return "organisation" if not BESIDE_ORGANISATION.isdisjoint(found) else None
