"""Says where the sentences of a paragraph begin and end."""

import re
from collections.abc import Iterator

SENTENCE_END = re.compile(
    r"[.!?…]+[»”\")\]]*(?:\s+(?=[«“„\"(\[–—-]*\s*[A-ZА-ЯЁ\d])|(?=[А-ЯЁ][а-яё]))"  # a space, or two glued sentences
)
LONGEST_ABBREVIATION = 12  # characters
LAST_WORD = re.compile(r"[^\W\d_]+$")
ABBREVIATIONS = frozenset(
    "г гг в вв ул пр просп пер пл наб бул ш д дом кв корп стр оф обл р рн п пос с сел им ст т тт тыс млн млрд трлн "
    "руб коп др проч см рис табл гл ред зам пом акад проф доц канд докт ген полк кап лейт св о оо н э ок напр тел "
    "янв фев февр мар апр июн июл авг сен сент окт нояб дек кг км мм га чел экз изд".split()
)


def sentences(paragraph: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a paragraph begin and end; initials, abbreviations and numbers end none.

    >>> text = "А. И. Бочаров приехал на ул. Мира. Там завод.Его пустили."
    >>> [text[start:stop] for start, stop in sentences(text)]
    ['А. И. Бочаров приехал на ул. Мира.', 'Там завод.', 'Его пустили.']
    """
    begin = 0
    for end in SENTENCE_END.finditer(paragraph):
        if end.group().startswith(".") and not end.group().startswith("..") and _abbreviated(paragraph, end.start()):
            continue
        stop = end.start() + len(end.group().rstrip())
        yield begin, stop
        begin = end.end()
    if begin < len(paragraph):
        yield begin, len(paragraph)


def _abbreviated(paragraph: str, dot: int) -> bool:
    """Whether the full stop belongs to the word before it."""
    word = LAST_WORD.search(paragraph, max(0, dot - LONGEST_ABBREVIATION), dot)
    if not word:
        return False
    return len(word.group()) == 1 or word.group().lower() in ABBREVIATIONS
