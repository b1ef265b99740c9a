"""Reads the retrieval tasks of a folder of gold sets: articles, queries, and which articles answer each query.

Stories: names of editorial topics (with their descriptions: stories+) to the topic's articles, among those of a daily.
Events: headlines to the other articles on the same event. Known: unique headlines to their own article, the daily's
bodies being indexed without headlines. Forms: an inflected word to the sentences that hold any form of its lemma.
"""

import datetime as dt
import gzip
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archive.article import Article, Published
from indexer.text.tokens import fold

KNOWN_QUERIES = 1000
KNOWN_SEED = 2
LEAST_HEADLINE_WORDS = 4
LEAST_BODY_WORDS = 30
FORM_QUERIES = 500
FORM_SEED = 3
FORM_SENTENCES = range(3, 51)  # in so many sentences the lemma of a query stands
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """What is typed, the articles that answer it, and those that are not to count, by their own ids."""

    id: str
    text: str
    relevant: frozenset[str]
    excluded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Task:
    """Queries over one set of articles; tasks over the same set bear the same `archive`."""

    name: str
    archive: str
    articles: tuple[Article, ...] = field(repr=False)
    queries: tuple[JudgedQuery, ...] = field(repr=False)


def tasks(gold: Path) -> Iterator[Task]:
    """The tasks whose sets the folder has."""
    daily = gold / "press" / "regional-daily-2022.jsonl.gz"
    if (gold / "retrieval" / "stories").is_dir() and daily.exists():
        yield from _stories(gold / "retrieval" / "stories", daily)
    if (gold / "retrieval" / "docs.jsonl.gz").exists():
        yield _events(gold / "retrieval")
    if daily.exists():
        yield _known(daily)
    if (gold / "lemmas").is_dir():
        yield _forms(gold / "lemmas")


def _stories(folder: Path, daily: Path) -> Iterator[Task]:
    articles = (*_articles(folder / "docs.jsonl.gz"), *_articles(daily))
    relevant = _judged(folder / "qrels.txt")
    names, descriptions = [], []
    for id, name, description in _rows(folder / "queries.tsv"):
        names.append(JudgedQuery(id, name, relevant[id]))
        descriptions.append(JudgedQuery(id, f"{name}. {description}", relevant[id]))
    yield Task("stories", "stories", articles, tuple(names))
    yield Task("stories+", "stories", articles, tuple(descriptions))


def _events(folder: Path) -> Task:
    articles = tuple(_articles(folder / "docs.jsonl.gz"))
    titled: dict[str, set[str]] = defaultdict(set)
    for article in articles:
        titled[article.title or ""].add(article.own_id or "")
    judged = _judged(folder / "qrels.txt")
    queries = []
    for id, headline in _rows(folder / "queries.tsv"):
        same = frozenset(titled[headline])
        if wanted := judged[id] - same:
            queries.append(JudgedQuery(id, headline, wanted, same))
    return Task("events", "events", articles, tuple(queries))


def _known(daily: Path) -> Task:
    articles = tuple(_articles(daily))
    times = Counter(article.title for article in articles)
    fit = [
        article
        for article in articles
        if article.title
        and times[article.title] == 1
        and len(WORD.findall(article.title)) >= LEAST_HEADLINE_WORDS
        and sum(len(WORD.findall(text)) for text in article.paragraphs) >= LEAST_BODY_WORDS
    ]
    chosen = random.Random(KNOWN_SEED).sample(fit, min(KNOWN_QUERIES, len(fit)))
    queries = (JudgedQuery(one.own_id or "", one.title or "", frozenset({one.own_id or ""})) for one in chosen)
    bodies = tuple(_article(one.own_id or "", "", one.paragraphs, one.published, one.source) for one in articles)
    return Task("known", "known", bodies, tuple(queries))


def _forms(folder: Path) -> Task:
    """Sentences of news and fiction, each once; words marked as misspelt are not asked for."""
    sentences: dict[str, list[tuple[str, str]]] = {}
    for path in sorted(folder.glob("*.conllu")):
        for text, pairs in _sentences(path):
            sentences.setdefault(text, pairs)
    holding: dict[str, set[str]] = defaultdict(set)
    forms: dict[str, set[str]] = defaultdict(set)
    for number, pairs in enumerate(sentences.values()):
        for form, lemma in pairs:
            if re.fullmatch("[а-я]{3,}", form) and re.fullmatch("[а-я]{3,}", lemma):
                holding[lemma].add(f"s{number}")
                forms[lemma].add(form)
    fit = [lemma for lemma in sorted(holding) if len(holding[lemma]) in FORM_SENTENCES and len(forms[lemma]) > 1]
    chance = random.Random(FORM_SEED)
    chosen = chance.sample(fit, min(FORM_QUERIES, len(fit)))
    queries = (JudgedQuery(one, chance.choice(sorted(forms[one] - {one})), frozenset(holding[one])) for one in chosen)
    articles = (_article(f"s{number}", "", (text,), Published(), None) for number, text in enumerate(sentences))
    return Task("forms", "forms", tuple(articles), tuple(queries))


def _sentences(path: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each sentence of a CoNLL-U file with the forms and lemmas of its nouns, adjectives and verbs, folded."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        if re.search("^# genre = (social|poetry)", block, re.MULTILINE):
            continue
        rows = [line.split("\t") for line in block.splitlines() if re.match(r"\d+\t", line)]
        if rows:
            yield (
                " ".join(row[1] for row in rows),
                [
                    (fold(row[1]), fold(row[2]))
                    for row in rows
                    if row[3] in ("NOUN", "PROPN", "ADJ", "VERB") and "Typo=Yes" not in row[5]
                ],
            )


def _articles(path: Path) -> Iterator[Article]:
    """Articles of a set, the headline that some sets repeat before the text left out of it."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            title = " ".join((row["title"] or "").split())
            text = row["text"].removeprefix(row["title"] or "").replace("_x000D_", " ")
            day = dt.date.fromisoformat(row["date"][:10]) if row["date"] else None
            yield _article(row["id"], title, tuple(text.split("\n")), Published(day), row["source"])


def _article(own_id: str, title: str, lines: tuple[str, ...], published: Published, source: str | None) -> Article:
    paragraphs = tuple(text for line in lines if (text := " ".join(line.split())))
    return Article(own_id, paragraphs, title or None, published, source, own_id)


def _judged(path: Path) -> dict[str, frozenset[str]]:
    """Query → its relevant articles."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in path.read_text(encoding="utf-8").splitlines():
        query, _, own_id, grade = line.split()
        if int(grade) > 0:
            found[query].add(own_id)
    return {query: frozenset(some) for query, some in found.items()}


def _rows(path: Path) -> Iterator[list[str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield line.split("\t")
