"""A result in, the other searches and pages that are offered above its hits out."""

from dataclasses import dataclass, replace

from search.result import SearchResult
from search.suggest.entities_in_query import subjects
from webapp.urls.links import entity_url, search_url


@dataclass(frozen=True, slots=True)
class Offer:
    """Where it leads, what it is called there, how many articles wait; 0: it is no search."""

    label: str
    url: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Offers:
    """All that is offered for a query."""

    meant: Offer | None  # the query that was probably meant
    dated: Offer | None  # what was published on the days that it names
    other_words: tuple[tuple[str, Offer], ...]  # a typed word, another that it may mean
    subjects: tuple[Offer, ...]  # the pages of those whose name it is


def offers(result: SearchResult) -> Offers:
    """What is offered beside a result; all its conditions are kept."""
    asked = replace(result.request, page=1)
    meant, then = result.suggestion, result.dated
    return Offers(
        meant=Offer(meant.query, search_url(replace(asked, text=meant.query)), meant.total) if meant else None,
        dated=Offer(
            f"{then.query}, {then.label}" if then.query else then.label,
            search_url(replace(asked, text=then.query, date_from=then.date_from, date_to=then.date_to)),
            then.total,
        )
        if then
        else None,
        other_words=tuple(
            (other.typed, Offer(other.meant, search_url(replace(asked, text=other.query))))
            for other in result.other_words
        ),
        subjects=tuple(Offer(one.label, entity_url(one.kind, one.key)) for one in subjects(result)),
    )
