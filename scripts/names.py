"""Files in, the names in them out, a JSON line an article; no home has a part in it."""

import json
from itertools import islice
from pathlib import Path
from typing import Any

import click

from archive.article import Article, Rejection
from archive.batch import ReadOptions, read_batch
from indexer.annotate import annotate
from indexer.annotation import Annotation

ANNOTATED_TOGETHER = 64


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
