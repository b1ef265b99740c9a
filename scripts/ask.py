"""What is in the home, and what would be found: nothing here changes it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import click
from archive.batch import ReadOptions, read_batch
from search.searcher import Searcher

from archive.article import Article, Rejection
from archive.home import Home
from archive.store import Store
from indexer import build
from indexer.annotate import annotate
from indexer.annotation import Annotation
from search.request import ENTITY_FACETS
from search.result import Hit, SearchResult
from webapp.api import result_json
from webapp.params import BadParameter, parse

ANNOTATED_TOGETHER = 64
STATUS = {"open": "не закончена", "published": "в архиве", "removed": "убрана"}


def batches(home: Home) -> int:
    """`podshivka batches`: the history, a line a batch."""
    with Store(home.store) as store:
        click.echo("партия\tкогда (UTC)\tчто с ней\tпрочитано\tновых\tизменённых\tбез изменений\tотказов\tназвание")
        for batch in store.batches():
            counts = batch.counts
            numbers = (counts.read, counts.new, counts.changed, counts.unchanged, counts.rejected)
            when = (batch.finished or batch.started).replace("T", " ")[:19]
            click.echo("\t".join(map(str, (batch.id, when, STATUS[batch.status], *numbers, batch.name))))
    return 0


def check(home: Home) -> int:
    """`podshivka check`: 1 where store and index disagree, else 0."""
    with Store(home.store) as store:
        wrong = (*store.check(), *build.check(store, home.index))
        if not wrong:
            click.echo(f"Архив и индекс сходятся: статей {store.contents().articles}.")
    for sentence in wrong:
        click.echo(sentence)
    return int(bool(wrong))


def stats(home: Home) -> int:
    """`podshivka stats`: what the archive holds, in numbers."""
    with Store(home.store) as store:
        holds = store.contents()
    lines: list[tuple[str, object]] = [
        ("Статей", holds.articles),
        ("Первая", holds.first or "–"),
        ("Последняя", holds.last or "–"),
        ("Без даты", holds.undated),
        ("Убрано статей", holds.removed),
        ("Текстов с прежними", holds.versions),
        ("Партий", holds.batches),
        ("Разобрано текстов", holds.annotations),
        *((f"Издание: {source or 'не названо'}", count) for source, count in holds.sources),
    ]
    for name, value in lines:
        click.echo(f"{name}: {value}")
    return 0


def search(home: Home, pairs: list[tuple[str, str]], as_json: bool) -> int:
    """`podshivka search`: found articles as text, or the answer of the API; `pairs` are the API's parameters."""
    try:
        request = parse(pairs)
    except BadParameter as bad:
        raise click.BadParameter(bad.message, param_hint=f"--{bad.parameter}") from bad
    result = Searcher(home).search(replace(request, chosen=with_keys(home, request.chosen)))
    if as_json:
        click.echo(json.dumps(result_json(result), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(told(result)))
    return 0


def with_keys(home: Home, chosen: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Persons and bodies may be called by their label too."""
    with Store(home.store) as store:
        keys = {(kind, label.casefold()): entity for _, entity, kind, label in store.names()}
    return {
        facet: tuple(
            keys.get((facet, value.casefold()), value) if facet in ENTITY_FACETS else value for value in values
        )
        for facet, values in chosen.items()
    }


def told(result: SearchResult) -> Iterator[str]:
    """The lines of an answer."""
    yield result.read_as
    yield f"Найдено статей: {result.total}."
    for hit in result.hits:
        yield from told_hit(hit)
    if result.partial.hits:
        yield "Не все слова:"
        for hit in result.partial.hits:
            yield from told_hit(hit)


def told_hit(hit: Hit) -> Iterator[str]:
    """The lines of one found article."""
    when = f"{hit.published.day:%d.%m.%Y}" if hit.published.day else "без даты"
    yield ""
    yield f"[{hit.id}] {hit.title}"
    yield "    " + ", ".join(filter(None, (when, hit.source, hit.url)))
    for snippet in hit.snippets:
        yield "    " + snippet.text


def annotations(paths: tuple[Path, ...], options: ReadOptions) -> int:
    """`podshivka annotate`: a JSON line an article; 1 where something was rejected, else 0."""
    rejected = 0
    items = read_batch(paths, options)
    while some := list(islice(items, ANNOTATED_TOGETHER)):
        articles = [item for item in some if isinstance(item, Article)]
        for item in some:
            if isinstance(item, Rejection):
                rejected += 1
                click.echo(f"Отказ: {item.path}: {item.reason}", err=True)
        for article, annotation in zip(articles, annotate([article.text for article in articles]), strict=True):
            click.echo(json.dumps(annotated(article, annotation), ensure_ascii=False))
    return int(rejected > 0)


def annotated(article: Article, annotation: Annotation) -> dict[str, Any]:
    """The JSON of an article's mentions; offsets count code points of `text`."""
    return {
        "id": article.own_id or article.url or article.path,
        "text": article.text,
        "mentions": [
            {"start": m.start, "stop": m.stop, "kind": m.kind, "text": m.text, "key": m.key, "label": m.label}
            for m in annotation.mentions
        ],
    }
