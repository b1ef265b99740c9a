"""Shows what stands below the line: articles that lack words of the query, those that lack the same together."""

from dataclasses import dataclass
from itertools import groupby

from search.request import SearchRequest
from search.result import Hit, PartialMatches, SearchResult
from webapp.presenters.hits import HitView, hit_view
from webapp.presenters.russian import articles

FEW_WORDS = "Дальше – меньше половины слов"
APART = "Дальше – слова есть, но не рядом"


@dataclass(frozen=True, slots=True)
class PartialGroup:
    """Articles that lack the same words, under a heading that says which."""

    heading: str
    hits: tuple[HitView, ...]


def partial_groups(partial: PartialMatches, request: SearchRequest) -> tuple[PartialGroup, ...]:
    """What of it stands on this page."""

    def lacking(hit: Hit) -> tuple[str, ...]:
        return hit.lacking

    groups = groupby(partial.hits, lacking)
    return tuple(
        PartialGroup(
            FEW_WORDS if partial.weighed else without_words(words), tuple(hit_view(hit, request) for hit in hits)
        )
        for words, hits in groups
    )


def without_words(words: tuple[str, ...]) -> str:
    """The heading of articles that lack the words.

    >>> without_words(("снег", "погода"))
    'Дальше – без слов „снег“ и „погода“'
    """
    if not words:
        return APART
    *others, last = (f"„{word}“" for word in words)
    return f"Дальше – без слов {', '.join(others)} и {last}" if others else f"Дальше – без слова {last}"


def headline(result: SearchResult) -> str:
    """How many articles are found, and how many stand below the line."""
    below = result.partial
    kind = "где слов меньше половины" if below.weighed else "где не все слова"
    more = f"; ещё {below.total}, {kind}" if below.total else ""
    if result.total:
        return f"Найдено: {articles(result.total)}{more}"
    return f"Со всеми словами – 0 статей{more}" if more else "Ничего не найдено"
