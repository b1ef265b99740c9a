"""Checks a store for damage and says in Russian what is wrong and what helps."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

from archive.database.database import Database
from archive.database.name_sums import name_sum
from archive.database.rows import ARTICLE_COLUMNS, article_of, staged_row
from archive.errors import DamagedStore
from archive.records.log import COUNT_COLUMNS, Outcome

ROWS_AT_ONCE = 2000
IDS_NAMED = 5  # in one sentence
TABLE_NAMES = {  # what a row of a table is, for people
    "articles": "статьи",
    "versions": "тексты статей",
    "texts": "тексты",
    "items": "строки отчётов",
    "annotations": "найденные имена",
    "batches": "партии",
    "log": "записи журнала",
}

Progress = Callable[[int, int], None]
COUNTED_OUTCOMES = ", ".join(f"coalesce(sum(outcome = '{name}'), 0)" for name in get_args(Outcome))

# What foreign keys do not say: sentence, and the query for ids.
INCONSISTENCIES = (
    (
        "Пропал текст статей",
        "SELECT a.id FROM articles a LEFT JOIN versions v ON v.article = a.id AND v.version = a.version "
        "WHERE v.article IS NULL AND a.version != 0",
    ),
    (
        "Пропали прежние тексты статей",
        "SELECT article FROM versions GROUP BY article HAVING count(*) != max(version)",
    ),
    (
        "Счёт не сходится с отчётом у партий",
        f"SELECT b.id FROM batches b WHERE status != 'open' AND ({COUNT_COLUMNS}) != ("
        f"SELECT count(*), {COUNTED_OUTCOMES} "
        "FROM items WHERE batch = b.id)",
    ),
)


def defects(database: Database, progress: Progress, deep: bool) -> Iterator[str]:
    """Finds what is wrong with the file: its pages, references between rows, every article against its checksums.

    `deep`: SQLite's own indexes are held against the tables too. Raises DamagedStore where the file cannot be read.
    """
    torn = database.value(f"PRAGMA {'integrity_check' if deep else 'quick_check'}(1)")
    if torn != "ok":
        raise DamagedStore(f"Файл архива {database.path} повреждён ({torn.splitlines()[-1]})")
    loose = Counter((row[0], row[2]) for row in database.rows("PRAGMA foreign_key_check"))
    for (table, other), count in loose.items():
        yield f"{rows_of(table)} ссылаются на {rows_of(other).lower()}, которых нет: {count}. {DamagedStore.advice}."
    for sentence, query in INCONSISTENCIES:
        yield from counted(sentence, (id for (id,) in database.rows(query)))
    texts = set(changed_texts(database, progress))
    yield from counted("Текст не тот, что был записан, у статей", sorted(texts))
    others = (id for id in changed_articles(database) if id not in texts)
    yield from counted("Сведения (дата, заголовок, автор…) не те, что были записаны, у статей", others)
    rows = database.rows("SELECT key, entity, kind, label, sum FROM names")
    if count := sum(name_sum(*row) != kept for *row, kept in rows):
        yield f"Имена в таблице имён не те, что были записаны: {count}. {DamagedStore.advice}."


def need_revision(path: Path, kept: int, indexed: int) -> None:
    """Raises DamagedStore where the file has not come to the revision that its index has taken in."""
    if kept >= indexed:
        return
    if not path.exists():
        raise DamagedStore(f"Файла архива {path} нет, хотя индекс по нему построен")
    if not kept:
        raise DamagedStore(f"Файл архива {path} пуст, хотя индекс по нему построен")
    raise DamagedStore(
        f"Архив {path} старее своего индекса (правка {kept}, в индексе {indexed}): последние изменения потеряны, "
        "убранные ими статьи снова стоят в нём"
    )


def changed_texts(database: Database, progress: Progress) -> Iterator[int]:
    """Finds articles whose text does not match the checksum it is stored under."""
    last, done = 0, 0
    total = database.value("SELECT count(*) FROM texts")
    while rows := database.rows(
        f"SELECT id, digest, text FROM texts WHERE id > ? ORDER BY id LIMIT {ROWS_AT_ONCE}", (last,)
    ):
        for id, digest, text in rows:
            if hashlib.sha256(text.encode()).hexdigest() != digest:
                yield from (
                    article for (article,) in database.rows("SELECT article FROM versions WHERE text = ?", (id,))
                )
        last, done = rows[-1][0], done + len(rows)
        progress(done, total)


def changed_articles(database: Database) -> Iterator[int]:
    """Finds articles a version of which does not match its fingerprint."""
    last = (0, 0)
    while rows := database.rows(
        f"SELECT v.fingerprint, {ARTICLE_COLUMNS} WHERE (v.article, v.version) > (?, ?) "
        f"ORDER BY v.article, v.version LIMIT {ROWS_AT_ONCE}",
        last,
    ):
        for kept, *row in rows:
            if present_fingerprint(tuple(row)) != kept:
                yield row[0]
        last = (rows[-1][1], rows[-1][2])


def present_fingerprint(row: tuple[Any, ...]) -> str | None:
    """Computes the fingerprint that a stored version has now; None where its values make no sense."""
    try:
        return staged_row(article_of(row).article).values[-1]
    except DamagedStore:
        return None


def counted(sentence: str, ids: Iterable[int]) -> Iterator[str]:
    """Completes a sentence with the first few ids and how many there are."""
    every = list(dict.fromkeys(ids))
    if every:
        some = ", ".join(map(str, every[:IDS_NAMED])) + ("…" if len(every) > IDS_NAMED else "")
        yield f"{sentence}: {some} (всего {len(every)}). {DamagedStore.advice}."


def rows_of(table: str) -> str:
    """Names the rows of a table, as the beginning of a sentence."""
    return TABLE_NAMES.get(table, table).capitalize()
