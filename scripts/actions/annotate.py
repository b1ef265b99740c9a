"""Finds the names in files and prints a JSON line an article; it does not touch any home."""

import os
from collections import deque
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from archive.article import Article, Rejection, SitemapReport
from archive.batches.reading import Meter, ReadOptions, read_batch
from indexer.annotation import Annotation, decode
from indexer.pipeline import TASK_TEXTS, Text, encoded_tasks
from scripts.output import messages
from scripts.output.progress import progress


def annotations(paths: tuple[Path, ...], options: ReadOptions, workers: int | None) -> int:
    """`podshivka annotate`: a JSON line an article; 1 where something was rejected, else 0."""
    meter = Meter.of(paths)
    items = read_batch(paths, options, meter)
    waiting: deque[list[Article]] = deque()  # articles of the tasks under way
    rejected = done = 0

    def tasks() -> Iterator[list[Text]]:
        nonlocal rejected
        while some := list(islice(items, TASK_TEXTS)):
            some = [item for item in some if not isinstance(item, SitemapReport)]
            refusals = [item for item in some if isinstance(item, Rejection)]
            rejected += len(refusals)
            for refusal in refusals:
                messages.refuse(refusal.path, refusal.reason)
            if len(refusals) < len(some):
                waiting.append([item for item in some if isinstance(item, Article)])
                yield [(article.digest, article.text) for article in waiting[-1]]

    with progress("naming") as naming:
        for encoded in encoded_tasks(tasks(), workers or os.cpu_count() or 1):
            for article in waiting.popleft():
                messages.put_json(annotated(article, decode(encoded[article.digest])))
                done += 1
            naming(done, meter.expected(done))
    counted = {"read": done + rejected, "annotated": done, "rejected": rejected}
    messages.report(f"Прочитано {done + rejected}: разобрано {done}, отказов {rejected}.", bool(rejected), **counted)
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
