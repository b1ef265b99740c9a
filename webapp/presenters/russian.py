"""Says values in Russian: dates, counts, and marked text."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from markupsafe import Markup, escape

from archive.article import Published
from search.facets.periods import MONTH_GENITIVES

NBSP = "\u00a0"
MONTHS_IN = (
    *("январе", "феврале", "марте", "апреле", "мае", "июне"),
    *("июле", "августе", "сентябре", "октябре", "ноябре", "декабре"),
)
OUTCOMES = {
    "new": "новая",
    "changed": "изменена",
    "unchanged": "без изменений",
    "rejected": "отказ",
    "sitemap": "карта сайта",
    "removed": "убрана раньше",
    "removed_batch": "убрана раньше с партией",
    "erased": "уничтожена раньше",
}
ORIGINS = {
    "metadata": "из метаданных",
    "page": "со страницы",
    "text": "из текста",
    "url": "из адреса страницы",
    "sitemap": "из карты сайта",
    "option": "задана при добавлении партии",
}


def number(value: int) -> str:
    """12345 → «12 345», with no-break spaces.

    >>> number(1234567).replace(NBSP, "_")
    '1_234_567'
    """
    return f"{value:,}".replace(",", NBSP)


def plural(count: int, one: str, few: str, many: str) -> str:
    """The form that agrees with `count`.

    >>> [plural(n, "статья", "статьи", "статей") for n in (1, 3, 11, 25, 121)]
    ['статья', 'статьи', 'статей', 'статей', 'статья']
    """
    if count % 10 == 1 and count % 100 != 11:
        return one
    return few if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else many


def articles(count: int) -> str:
    """«1 статья», «22 статьи», «1 005 статей»."""
    return f"{number(count)}{NBSP}{plural(count, 'статья', 'статьи', 'статей')}"


def day(value: dt.date) -> str:
    """«12 марта 2022»."""
    return f"{value.day}{NBSP}{MONTH_GENITIVES[value.month - 1]} {value.year}"


def published(value: Published) -> str:
    """«12 марта 2022», with the time where it is known, or «без даты»."""
    if value.day is None:
        return "без даты"
    return day(value.day) + (f", {value.time:%H:%M}" if value.time else "")


def span(first: dt.date | None, last: dt.date | None) -> str:
    """«с 3 мая 2021 по 1 июня 2022»; either end may be open."""
    parts = (f"с {day(first)}" if first else "", f"по {day(last)}" if last else "")
    return " ".join(part for part in parts if part)


def marked(text: str, marks: Iterable[tuple[int, int]]) -> Markup:
    """`text` escaped, its ranges (start, stop; ordered, apart) inside <mark>.

    >>> marked("<b> сталь", [(4, 9)])
    Markup('&lt;b&gt; <mark>сталь</mark>')
    """
    parts, end = [], 0
    for start, stop in marks:
        parts += [escape(text[end:start]), Markup("<mark>"), escape(text[start:stop]), Markup("</mark>")]
        end = stop
    return Markup("").join([*parts, escape(text[end:])])


def capitalized(text: str) -> str:
    """A sentence: its first letter large, a full stop at its end."""
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def left_out(words: int) -> str:
    """What stands in place of a long unchanged stretch: «… 230 слов без изменений …»."""
    return f"…{NBSP}{number(words)}{NBSP}{plural(words, 'слово', 'слова', 'слов')} без изменений{NBSP}…"


FILTERS: dict[str, Callable[..., Any]] = {
    "number": number,
    "plural": plural,
    "articles": articles,
    "day": day,
    "capitalized": capitalized,
    "left_out": left_out,
}
