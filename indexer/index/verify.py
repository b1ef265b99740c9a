"""Finds, in Russian, what is wrong between an index and the store: in files, articles, a sample of words."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive.database.rows import in_groups
from archive.errors import DamagedStore
from archive.store.store import Store
from indexer.annotation import readable
from indexer.index.document import IndexDocument, index_document
from indexer.index.generations import LAYOUT, Manifest, current, last_commit, read_manifest, size_and_checksum
from indexer.index.schema import committed_segments
from indexer.index.segment_writer import ArticleProgress
from indexer.index.segments import VERSION_BITS, ArticleVersions, OpenSegment, changed_articles, open_segments
from indexer.pipeline import ANNOTATOR
from indexer.registry.name_table import open_name_table
from indexer.storage.arrays import TornIndex
from indexer.storage.postings import MAX_FREQUENCY, Postings, term_lists
from indexer.text.lemmas import lemmas

FORMER_NAMES = "имена в индексе определены прежней версией программы"
NAMED_IN_A_SENTENCE = 5
READ_ARTICLES = 400
SAMPLED_ARTICLES = 200  # articles compared word by word
SAMPLED_TERMS = 12  # of each of them, in each field
POSTINGS_KEPT = 256  # posting lists of each field


def check(store: Store, index: Path, progress: ArticleProgress | None = None) -> tuple[str, ...]:
    """What is wrong with the published index and the names found, in Russian; empty where nothing is. Where progress is
    to be told, the words of every article are compared, else those of a sample."""
    folder = current(index)
    if folder is None:
        return ("индекс ещё не построен",) if store.revision() else ()
    found = check_generation(store, folder, progress)
    if FORMER_NAMES in found:  # then all names are to be found anew
        return found
    return (*found, *annotations_missing_or_torn(store), *names_that_mean_others(store, folder))


def need_archive(store: Store, index: Path) -> None:
    """Raises DamagedStore where the index has taken in what the store does not have."""
    indexed = indexed_revision(index)  # before the store's: whoever writes meanwhile writes to the store first
    store.need_revision(indexed)


def indexed_revision(index: Path) -> int:
    """The revision of the store that the published index has taken in; 0 where there is none that can be read."""
    folder = current(index)
    with suppress(TornIndex, FileNotFoundError):
        return read_manifest(folder, last_commit(folder)).revision if folder else 0
    return 0


def check_generation(store: Store, folder: Path, progress: ArticleProgress | None = None) -> tuple[str, ...]:
    """What is wrong with one generation: files against the manifest, articles against the store."""
    opened = open_whole(folder)
    if isinstance(opened, str):
        return (opened,)
    manifest, parts, broken = opened
    wrong = [f"файл индекса {name} повреждён" for name in broken]
    if manifest.revision < store.revision():
        wrong.append(f"индекс отстаёт от архива: правка {manifest.revision} из {store.revision()}")
    if manifest.layout != LAYOUT:
        wrong.append("индекс построен прежней версией программы")
    if manifest.annotator != ANNOTATOR:
        wrong.append(FORMER_NAMES)
    empty = np.empty(0, np.int64)
    found = np.concatenate([empty, *(part.pairs() for part in parts)])
    expected = changed_articles(store, 0)[1]
    wrong += articles_told("в индексе нет статей", np.setdiff1d(expected, found))
    wrong += articles_told("в индексе лишние статьи", np.setdiff1d(found, expected))
    if len(np.unique(found)) < len(found):
        wrong.append(f"в индексе статьи повторяются: {len(found) - len(np.unique(found))}")
    if not broken and manifest.annotator == ANNOTATOR:
        wrong += articles_told(
            "слова в индексе не те, что в архиве, у статей", differing_articles(store, parts, len(found), progress)
        )
    return tuple(wrong)


def damage(folder: Path) -> str:
    """Why a generation cannot be published, in Russian; empty where it can."""
    opened = open_whole(folder)
    if isinstance(opened, str):
        return opened
    if opened[0].layout != LAYOUT:
        return f"индекс {folder.name} прежней версии"
    return f"файл индекса {opened[2][0]} повреждён" if opened[2] else ""


def open_whole(folder: Path) -> tuple[Manifest, list[OpenSegment], list[str]] | str:
    """A generation's manifest, its segments, and the files that are not as they were written; or why it cannot be
    opened."""
    try:
        commit = last_commit(folder)
        manifest = read_manifest(folder, commit)
        parts = open_segments(folder, committed_segments(folder, commit))
        broken = [name for name, written in manifest.files.items() if size_and_checksum(folder / name) != written]
    except TornIndex as error:
        return str(error)
    except FileNotFoundError as error:
        return f"недостаёт файла индекса {Path(error.filename or folder).name}"
    return manifest, parts, broken


def articles_told(what: str, pairs: ArticleVersions) -> Iterator[str]:
    """A sentence with the first few articles, where there are any."""
    if len(pairs):
        ids = ", ".join(str(pair >> VERSION_BITS) for pair in islice(pairs.tolist(), NAMED_IN_A_SENTENCE))
        yield f"{what}: {len(pairs)} ({ids}{'…' if len(pairs) > NAMED_IN_A_SENTENCE else ''})"


def differing_articles(
    store: Store, parts: Iterable[OpenSegment], articles: int, progress: ArticleProgress | None
) -> ArticleVersions:
    """Those that the index has otherwise than the store: of a sample evenly spread over it, or of all with progress."""
    wrong: list[int] = []
    step = 1 if progress else sampling_step(articles)
    done = 0
    for part in parts:
        sample = np.flatnonzero(part.live)[::step]
        postings = {field: lru_cache(POSTINGS_KEPT)(terms.postings) for field, terms in term_lists(part.arrays).items()}
        for first in range(0, len(sample), READ_ARTICLES):
            numbers = sample[first : first + READ_ARTICLES]
            for number, document in zip(numbers.tolist(), expected_documents(store, part, numbers), strict=True):
                if document and not is_as_indexed(part, postings, number, document):
                    wrong.append(document.id << VERSION_BITS | document.version)
            if progress:
                progress(done := done + len(numbers), articles)
        part.arrays.forget()
    return np.array(wrong, np.int64)


def sampling_step(articles: int) -> int:
    """Every which article is in the sample."""
    return max(1, articles // SAMPLED_ARTICLES)


def expected_documents(store: Store, part: OpenSegment, numbers: NDArray[np.int64]) -> Iterator[IndexDocument | None]:
    """Articles of a segment as the index should have them; None where the store has no such version or annotation."""
    pairs = list(zip(part.arrays["ids"][numbers].tolist(), part.arrays["versions"][numbers].tolist(), strict=True))
    found = store.articles(pairs)
    notes = readable(store.annotations({one.article.digest for one in found.values()}, ANNOTATOR))
    for pair in pairs:
        stored = found.get(pair)
        note = notes.get(stored.article.digest) if stored else None
        yield index_document(stored, note) if stored and note else None


def annotations_missing_or_torn(store: Store) -> Iterator[str]:
    """Sentences on annotations that are missing or torn, and on names that do not mean what the index says."""
    count = torn = 0
    for some in in_groups((change for change in store.changes(0) if not change.removed), READ_ARTICLES):
        kept = store.annotations({change.digest for change in some}, ANNOTATOR)
        whole = readable(kept)
        count += sum(change.digest not in kept for change in some)
        torn += sum(change.digest in kept and change.digest not in whole for change in some)
    if count:
        yield f"не найдены имена в статьях: {count}"
    if torn:
        yield f"повреждены записи о найденных именах у статей: {torn}"


def names_that_mean_others(store: Store, folder: Path) -> Iterator[str]:
    """A sentence on names that mean somebody else in the index than in the store."""
    try:
        table = open_name_table(folder, last_commit(folder))
    except FileNotFoundError:
        return
    if table is None:
        return
    wrong = 0
    for some in in_groups(range(len(table.keys)), READ_ARTICLES):
        rows = set(table.rows(name for name in some if table.counts[name]))  # of articles that stand
        try:
            wrong += len(rows.difference(store.entity_ids.of(row[0] for row in rows)))
        except DamagedStore:  # the archive's own check tells it
            return
    if wrong:
        yield f"имена в индексе значат не то, что в архиве: {wrong}"


def is_as_indexed(
    part: OpenSegment, postings: Mapping[str, Callable[[str], Postings]], number: int, document: IndexDocument
) -> bool:
    """Whether the index has an article's day, length, names and how often each word of a sample stands in it."""
    arrays = part.arrays
    first, last = arrays["name.offsets"][number : number + 2].tolist()
    names = arrays.strings("name.values")
    has = {names[code] for code in arrays["name.codes"][first:last].tolist()}
    counts = {"form": Counter(filter(None, document.forms)), "lemma": Counter(lemmas_of(document))}
    return (
        has == document.names.keys()
        and int(arrays["minutes"][number]) == document.minute
        and int(arrays["lengths"][number]) == counts["form"].total()
        and all(
            frequency(postings[field](term), number) == min(count[term], MAX_FREQUENCY)
            for field, count in counts.items()
            for term in sorted(count)[:: max(1, len(count) // SAMPLED_TERMS)]
        )
    )


def lemmas_of(document: IndexDocument) -> Iterator[str]:
    """The lemmas at each place of an article."""
    for position, form in enumerate(document.forms):
        if form:
            yield from {*lemmas(form), *document.extra.get(position, ())}


def frequency(found: Postings, number: int) -> int:
    """How often a term stands in the article of that number."""
    place = int(np.searchsorted(found.docs, number))
    return int(found.freqs[place]) if place < len(found.docs) and found.docs[place] == number else 0
