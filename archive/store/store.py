"""Keeps the truth of an archive in one SQLite file: articles come in by batches and are read by id.

A batch is begun, staged in small transactions and published in one: a reader sees all of it or nothing. Articles get
an id for ever and a version for each text; annotations are kept by text; every batch and removal is a revision.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path
from typing import Self

from archive.article import Article, Rejection, StoredArticle
from archive.database.database import Database
from archive.database.rows import (
    ARTICLE_COLUMNS,
    STAGED_COLUMNS,
    article_of,
    in_groups,
    json_list,
    published_of,
    staged_row,
)
from archive.errors import StoreError
from archive.records.articles import articles_by_version, newest_articles, present_between
from archive.records.export import current_articles
from archive.records.integrity import Progress, defects, need_revision
from archive.records.log import (
    ArticleChange,
    Batch,
    BatchCounts,
    BatchItem,
    LogAction,
    LogEntry,
    all_batches,
    article_changes,
    log_entries,
    utc_now,
    write_revision,
)
from archive.records.statistics import Contents, Totals, contents, totals
from archive.records.versions import Version, readable_versions
from archive.store import annotations, removals
from archive.store.entity_ids import EntityIds
from archive.store.erasures import Erasures, recogniser
from archive.store.publishing import drop_staged, drop_unused_texts, judge, publish, unused_texts
from archive.store.reprints import Reprints

STAGE_SIZE = 500  # items in one transaction


class Store:
    """The archive in the file `path`; readers (`write=False`) never wait and see an empty archive where there is none.

    May be used from several threads. Raises StoreError with a Russian sentence where the file cannot be used.
    """

    def __init__(self, path: Path, *, write: bool = False) -> None:
        self.path = path
        self._database = Database(path, write)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file in all threads."""
        self._database.close()

    # Articles out.

    def article(self, id: int, version: int | None = None) -> StoredArticle | None:
        """One article, the current version unless told; None where it is unknown or removed."""
        rows = self._database.rows(
            f"SELECT {ARTICLE_COLUMNS} WHERE a.removed IS NULL AND a.id = ? AND v.version = coalesce(?, a.version)",
            (id, version),
        )
        return article_of(rows[0]) if rows else None

    def removal_notice(self, id: int) -> str | None:
        """What readers are told of an article that was taken out, maybe nothing (""); None of any other number."""
        return removals.notice(self._database, id)

    def newest(self, count: int) -> list[int]:
        """The numbers of the articles that came last, the newest first."""
        return newest_articles(self._database, count)

    def present_between(self, first: int, stop: int) -> list[int]:
        """The numbers from `first` to below `stop` of articles that were not removed, ascending."""
        return present_between(self._database, first, stop)

    def versions(self, id: int) -> tuple[Version, ...]:
        """The texts of an article that may be read, the first one first."""
        return readable_versions(self._database, id)

    def articles(self, pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], StoredArticle]:
        """Articles by (id, version); those removed or unknown are left out."""
        return articles_by_version(self._database, pairs)

    def current(self) -> Iterator[StoredArticle]:
        """All articles at one moment, by id, whoever writes meanwhile."""
        return current_articles(self._database)

    def revision(self) -> int:
        """Grows with every published batch and every removal; 0 where there was none."""
        return int(self._database.value("SELECT coalesce(max(revision), 0) FROM log"))

    def need_revision(self, indexed: int) -> None:
        """Raises DamagedStore where the archive has not come to a revision that its index has taken in."""
        need_revision(self.path, self.revision(), indexed)

    def moment(self) -> AbstractContextManager[None]:
        """What this thread reads within is the archive at one moment, whoever writes meanwhile."""
        return self._database.transaction()

    def taken_out(self, after: int) -> list[tuple[int, int]]:
        """(id, version) of all that removals later than the revision `after` took out and nothing has put back."""
        return removals.taken_out(self._database, after)

    def changes(self, after: int) -> Iterator[ArticleChange]:
        """The present state of every article touched by a revision later than `after`."""
        return article_changes(self._database, after)

    def contents(self) -> Contents:
        """What the archive holds, in numbers."""
        return contents(self._database)

    def totals(self) -> Totals:
        """What all batches brought and what became of it."""
        return totals(self._database)

    def check(self, progress: Progress = lambda done, total: None, *, deep: bool = False) -> tuple[str, ...]:
        """What is wrong with the file itself, in Russian; empty where nothing is. `deep`: in SQLite's indexes too."""
        return tuple(defects(self._database, progress, deep))

    def unused_texts(self) -> int:
        """Counts the texts that stand in no article: those of a batch that was interrupted or is being read."""
        return unused_texts(self._database)

    def drop_unused_texts(self) -> int:
        """Forgets an interrupted batch with its texts and annotations; counts the texts. Not while one is read."""
        with self._database.transaction():
            return drop_unused_texts(self._database)

    # Batches in.

    def begin_batch(self, name: str, path: str, source: str | None = None) -> int:
        """Open a batch, its id; what an interrupted run had staged and not published is dropped (annotations stay)."""
        with self._database.transaction():
            drop_staged(self._database)
            return self._database.insert(
                "INSERT INTO batches (name, path, source, started, status) VALUES (?, ?, ?, ?, 'open')",
                (name, path, source, utc_now()),
            )

    def stage(
        self, batch: int, items: Iterable[Article | Rejection], progress: Callable[[int], None] | None = None
    ) -> int:
        """Put items into an open batch, a transaction for some hundreds; how many they were."""
        read, recognised = 0, recogniser(self._database)
        for some in in_groups(items, STAGE_SIZE):
            rows = [recognised(staged_row(item)) for item in some]
            with self._database.transaction():
                self._database.change_many(
                    "INSERT OR IGNORE INTO texts (digest, text) VALUES (?, ?)",
                    [(row.digest, row.text) for row in rows if row.text is not None],
                )
                self._stage("main.staged", batch, read, [row.values for row in rows])
            read += len(rows)
            if progress:
                progress(read)
        return read

    def publish_batch(self, batch: int, who: str = "", why: str = "", *, restore_removed: bool = False) -> BatchCounts:
        """Show all of a staged batch at once, under one new revision.

        `restore_removed`: articles that went out with a whole batch are taken in again.
        """
        with self._database.transaction():
            if self._database.value("SELECT status FROM batches WHERE id = ?", (batch,)) != "open":
                raise StoreError(f"Партия {batch} не открыта: её нельзя опубликовать.")
            counts = publish(self._database, batch, self._log(who, "publish", batch, why), restore_removed)
            self._database.change(
                "UPDATE batches SET status = 'published', finished = :finished, "
                f"{', '.join(f'{name} = :{name}' for name in asdict(counts))} WHERE id = :batch",
                {"finished": utc_now(), "batch": batch, **asdict(counts)},
            )
        return counts

    def compare(self, items: Iterable[Article | Rejection], *, restore_removed: bool = False) -> Iterator[BatchItem]:
        """What would become of the items if they were published; nothing is written (a dry run)."""
        with self._database.dry_run():
            read, recognised = 0, recogniser(self._database)
            for some in in_groups(items, STAGE_SIZE):
                self._stage("temp.staged", 0, read, [recognised(staged_row(item)).values for item in some])
                read += len(some)
            judge(self._database, 0, restore_removed)
            yield from self._items("temp.staged s JOIN fate f USING (seq)", 0)

    def batches(self) -> Iterator[Batch]:
        """All batches, the oldest first; an interrupted one is open."""
        return all_batches(self._database)

    def items(self, batch: int, after: int = 0) -> Iterator[BatchItem]:
        """What became of everything a published batch delivered, in its order, but the first `after` of it."""
        yield from self._items("items", batch, after)

    def _items(self, table: str, batch: int, last: int = 0) -> Iterator[BatchItem]:
        while rows := self._database.rows(
            f"SELECT path, outcome, reason, article, day, time, origin, encoding, warnings, seq FROM {table} "
            "WHERE batch = ? AND seq > ? ORDER BY seq LIMIT 5000",
            (batch, last),
        ):
            for path, outcome, reason, article, day, time, origin, encoding, warnings, seq in rows:
                published = published_of(day, time, origin)
                yield BatchItem(path, outcome, reason, article, published, encoding, json_list(warnings))
                last = seq

    # Articles taken back.

    def remove(self, ids: Iterable[int], why: str = "", who: str = "", notice: str = "") -> tuple[int, ...]:
        """Take articles out of the archive; the ids that stood in it."""
        return self._move(ids, "remove", why, who, notice)

    def unremove(self, ids: Iterable[int], why: str = "", who: str = "") -> tuple[int, ...]:
        """Put removed articles back; the ids that had been removed."""
        return self._move(ids, "unremove", why, who)

    def _move(self, ids: Iterable[int], what: removals.Move, why: str, who: str, notice: str = "") -> tuple[int, ...]:
        """Remove articles or put them back, under one new revision; the ids for which that changed something."""
        with self._database.transaction():
            moved = removals.to_move(self._database, ids, what)
            if moved:
                removals.move(self._database, moved, what, self._log(who, what, None, why, notice))
        return tuple(moved)

    def remove_batch(self, batch: int, why: str = "", who: str = "", notice: str = "") -> tuple[int, int]:
        """Undo a batch: (articles removed, articles whose version before is current again)."""
        with self._database.transaction():
            removals.mark(self._database, batch, "removed")
            return removals.move_batch(self._database, batch, self._log(who, "remove batch", batch, why, notice))

    def unremove_batch(self, batch: int, why: str = "", who: str = "") -> tuple[int, int]:
        """Put a removed batch back: (articles put back, articles whose version of it is current again)."""
        with self._database.transaction():
            removals.mark(self._database, batch, "published")
            return removals.move_batch(self._database, batch, self._log(who, "unremove batch", batch, why))

    def log(self) -> Iterator[LogEntry]:
        """All revisions, the oldest first."""
        return log_entries(self._database)

    # What the indexer found out.

    def unannotated(self, annotator: str, staged_only: bool = False) -> Iterator[tuple[str, str]]:
        """(digest, text) of every text, staged or current, that the annotator has not seen; each text once."""
        return annotations.unannotated(self._database, annotator, staged_only)

    def unannotated_count(self, annotator: str, staged_only: bool = False) -> int:
        """How many texts those are."""
        return annotations.unannotated_count(self._database, annotator, staged_only)

    def annotations(self, digests: Iterable[str], annotator: str) -> dict[str, bytes]:
        """Digest → annotation, for those texts that have one."""
        return annotations.kept(self._database, digests, annotator)

    def save_annotations(self, annotator: str, items: Mapping[str, bytes]) -> None:
        """Keep annotations of stored texts, by digest."""
        annotations.keep(self._database, annotator, items)

    @property
    def erasures(self) -> Erasures:
        """What was destroyed for good."""
        return Erasures(self._database)

    @property
    def reprints(self) -> Reprints:
        """What it knows of like texts."""
        return Reprints(self._database)

    @property
    def entity_ids(self) -> EntityIds:
        """The entities of some names, where `names` reads all; what ids they had before."""
        return EntityIds(self._database)

    def names(self) -> Iterator[tuple[str, str, str, str]]:
        """(name key, entity id, kind, label) of every name that an entity was given. Raises DamagedStore."""
        return self.entity_ids.every()

    def _stage(self, table: str, batch: int, after: int, rows: list[tuple[str | None, ...]]) -> None:
        marks = ", ".join("?" * (2 + len(STAGED_COLUMNS)))
        self._database.change_many(
            f"INSERT INTO {table} (batch, seq, {', '.join(STAGED_COLUMNS)}) VALUES ({marks})",
            [(batch, seq, *row) for seq, row in enumerate(rows, after + 1)],
        )

    def _log(self, who: str, what: LogAction, batch: int | None, why: str, notice: str = "") -> int:
        return write_revision(self._database, who, what, batch, why, notice)
