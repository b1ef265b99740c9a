"""Tells names that an article quotes as its source from those that it is about: news agencies, and the papers of the
archive themselves."""

from collections.abc import Collection
from functools import cache, lru_cache
from pathlib import Path

from indexer.entities.slugs import slug
from indexer.text.tokens import forms

AGENCIES = Path(__file__).with_name("news_agencies.txt")
KIND_WORDS = frozenset("газета иа агентство информагентство редакция портал сайт".split())
DOMAIN_ENDS = ("-ru", "-com", "-su", "-rf")


def is_news_source(label: str, papers: Collection[str]) -> bool:
    """Whether a name is a news agency's, or that of one of these papers, which may be called by their domain."""
    own = name_words(label)
    return " ".join(own) in agencies() or domain(label) in {domain(paper) for paper in papers}


@cache
def agencies() -> frozenset[str]:
    """The folded words of all that the list names."""
    lines = AGENCIES.read_text(encoding="utf-8").splitlines()
    return frozenset(" ".join(name_words(line)) for line in lines if line and not line.startswith("#"))


@lru_cache(1 << 12)
def name_words(label: str) -> tuple[str, ...]:
    """The folded words of a name, without a first that says what kind of thing it is («ИА Регнум»)."""
    words = tuple(word for word in forms(label)[0] if word)
    return words[1:] if len(words) > 1 and words[0] in KIND_WORDS else words


@lru_cache(1 << 12)
def domain(label: str) -> str:
    """«fontanka» of «Фонтанка», «Фонтанка.ру» and «fontanka.ru»."""
    found = slug(" ".join(name_words(label)))
    for end in DOMAIN_ENDS:
        found = found.removesuffix(end)
    return found
