"""Makes a home of an invented archive: texts, dates, fields and annotations in the store, as if they had been added.

    python -m benchmarks.archive HOME [--articles 100000] [--seed 1] [--index]

Articles come in batches of BATCH each; their names are known already, so that what is measured afterwards is the way
from the store to the page, and they are compared for reprints: with signatures that are as invented as the texts, like
no other's, for true ones would take as long as all the rest. `--index` builds the index too (as `podshivka reindex`
does). A home that holds articles is left as it is. Prints articles a second and the most memory that the command and
its writers together held at any moment, their own apart from mapped files.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from random import Random

from archive.article import Article
from archive.home import Home
from archive.store.store import Store
from benchmarks.invented.articles import articles
from benchmarks.invented.corpus import Corpus, Words
from benchmarks.invented.vocabulary import make_vocabulary
from benchmarks.memory import watched
from indexer.annotation import Annotation, encode
from indexer.index import build
from indexer.pipeline import ANNOTATOR
from indexer.reprints.shingles import BYTES

BATCH = 50_000


def corpus_of(home: Home, size: int, seed: int) -> Corpus:
    """The archive as numbers; its vocabulary is made where the home has none."""
    home.path.mkdir(parents=True, exist_ok=True)
    vocabulary = home.path / "vocabulary.txt"
    if not vocabulary.exists():
        make_vocabulary(vocabulary, seed)
    return Corpus(Words.read(vocabulary), size, seed)


def publish(store: Store, name: str, made: Iterable[tuple[Article, Annotation]]) -> int:
    """One batch with its annotations; how many articles it holds."""
    notes: dict[str, bytes] = {}

    def staged() -> Iterator[Article]:
        for article, annotation in made:
            notes[article.digest] = encode(annotation)
            yield article

    def annotated(_: int) -> None:
        store.save_annotations(ANNOTATOR, notes)
        notes.clear()

    batch = store.begin_batch(name, name)
    count = store.stage(batch, staged(), annotated)
    store.publish_batch(batch)
    compared(store, count)
    return count


def compared(store: Store, most: int) -> None:
    """Gives the store's texts that were not compared, `most` at a time, signatures of their own: no two are alike."""
    while missing := store.reprints.uncompared(most):
        drawn = (Random(text).randbytes(BYTES) for text, _, _ in missing)
        store.reprints.keep(((*one, signature) for one, signature in zip(missing, drawn, strict=True)), ())
    store.reprints.all_compared()


def fill(store: Store, corpus: Corpus) -> None:
    """Publishes the whole archive, batch by batch."""
    started, stream = time.perf_counter(), articles(corpus)
    for number in range(-(-corpus.size // BATCH)):
        publish(store, f"партия {number + 1}", islice(stream, BATCH))
        done = min((number + 1) * BATCH, corpus.size)
        print(f"store: {done} articles, {done / (time.perf_counter() - started):.0f} a second", flush=True)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--index", action="store_true")
    options = parser.parse_args()
    home = Home(options.home)
    corpus = corpus_of(home, options.articles, options.seed)
    with Store(home.store, write=True) as store:
        if not store.revision():
            with watched() as most:
                fill(store, corpus)
            print(f"store: {most}")
        if options.index:
            started = time.perf_counter()
            with watched() as most:
                report = build.rebuild(store, home.index)
            seconds = time.perf_counter() - started
            print(
                f"index: {report.articles} articles in {seconds:.0f} s, {report.articles / seconds:.0f} a second; "
                f"at most {most}; load {os.getloadavg()[0]:.1f}"
            )


if __name__ == "__main__":
    main()
