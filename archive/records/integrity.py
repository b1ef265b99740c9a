"""A store in, what is wrong in it out: Russian sentences that say what helps."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from archive.database.database import Database
from archive.database.rows import ARTICLE_COLUMNS, article_of, staged_row
from archive.errors import DamagedStore

SOME = 2000  # rows read at once
NAMED = 5  # in a sentence
TABLES = {  # what a row of a table is, for people
    "articles": "статьи",
    "versions": "тексты статей",
    "texts": "тексты",
    "items": "строки отчётов",
    "annotations": "найденные имена",
    "batches": "партии",
    "log": "записи журнала",
}

Progress = Callable[[int, int], None]

# What foreign keys do not say: sentence, and the query for ids.
ODD = (
    (
        "Пропал текст статей",
        "SELECT a.id FROM articles a LEFT JOIN versions v ON v.article = a.id AND v.version = a.version "
        "WHERE v.article IS NULL",
    ),
    (
        "Пропали прежние тексты статей",
        "SELECT article FROM versions GROUP BY article HAVING count(*) != max(version)",
    ),
    (
        "Счёт не сходится с отчётом у партий",
        "SELECT b.id FROM batches b WHERE status != 'open' AND (read, new, changed, unchanged, rejected, sitemap) != ("
        "SELECT count(*), coalesce(sum(outcome = 'new'), 0), coalesce(sum(outcome = 'changed'), 0), "
        "coalesce(sum(outcome = 'unchanged'), 0), coalesce(sum(outcome = 'rejected'), 0), "
        "coalesce(sum(outcome = 'sitemap'), 0) "
        "FROM items WHERE batch = b.id)",
    ),
)


def unsound(database: Database, progress: Progress | None) -> Iterator[str]:
    """What is wrong with the file; with progress, in every row too. Raises DamagedStore where it is beyond reading."""
    torn = database.value(f"PRAGMA {'integrity_check' if progress else 'quick_check'}(1)")
    if torn != "ok":
        raise DamagedStore(f"Файл архива {database.path} повреждён ({torn.splitlines()[-1]})")
    loose = Counter((row[0], row[2]) for row in database.rows("PRAGMA foreign_key_check"))
    for (table, other), count in loose.items():
        yield f"{named(table)} ссылаются на {named(other).lower()}, которых нет: {count}. {DamagedStore.advice}."
    if progress:
        for sentence, query in ODD:
            yield from told(sentence, (id for (id,) in database.rows(query)))
        texts = set(changed_texts(database, progress))
        yield from told("Текст не тот, что был записан, у статей", sorted(texts))
        others = (id for id in changed_articles(database) if id not in texts)
        yield from told("Сведения (дата, заголовок, автор…) не те, что были записаны, у статей", others)


def changed_texts(database: Database, progress: Progress) -> Iterator[int]:
    """Articles whose text has not the checksum it is kept under."""
    last, done = 0, 0
    total = database.value("SELECT count(*) FROM texts")
    while rows := database.rows(f"SELECT id, digest, text FROM texts WHERE id > ? ORDER BY id LIMIT {SOME}", (last,)):
        for id, digest, text in rows:
            if hashlib.sha256(text.encode()).hexdigest() != digest:
                yield from (
                    article for (article,) in database.rows("SELECT article FROM versions WHERE text = ?", (id,))
                )
        last, done = rows[-1][0], done + len(rows)
        progress(done, total)


def changed_articles(database: Database) -> Iterator[int]:
    """Articles a version of which has not the fingerprint it was kept with."""
    last = (0, 0)
    while rows := database.rows(
        f"SELECT v.fingerprint, {ARTICLE_COLUMNS} WHERE (v.article, v.version) > (?, ?) "
        f"ORDER BY v.article, v.version LIMIT {SOME}",
        last,
    ):
        for kept, *row in rows:
            if fingerprint(tuple(row)) != kept:
                yield row[0]
        last = (rows[-1][1], rows[-1][2])


def fingerprint(row: tuple[Any, ...]) -> str | None:
    """What a version would be kept with now; None where its values make no sense."""
    try:
        return staged_row(article_of(row).article).values[-1]
    except DamagedStore:
        return None


def told(sentence: str, ids: Iterable[int]) -> Iterator[str]:
    """The sentence with how many there are and the first few."""
    every = list(dict.fromkeys(ids))
    if every:
        some = ", ".join(map(str, every[:NAMED])) + ("…" if len(every) > NAMED else "")
        yield f"{sentence}: {some} (всего {len(every)}). {DamagedStore.advice}."


def named(table: str) -> str:
    """What the rows of a table are, as the beginning of a sentence."""
    return TABLES.get(table, table).capitalize()
