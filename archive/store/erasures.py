"""Destroys articles for good and knows them when they come again.

An article that is destroyed leaves its number, the day, who destroyed it and why (the log), and salted hashes of its
identity and of its texts: what bears one of them is not taken in. All else goes: texts, annotations, names, and what
the reports of batches quote of it.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from archive.article import StoredArticle
from archive.database.database import Database
from archive.database.rows import ARTICLE_COLUMNS, STAGED_COLUMNS, StagedRow, article_of
from archive.records.log import archive_id, write_revision
from archive.store.publishing import drop_unused_texts

TEXT_AGAIN = "уничтожена раньше"
IDENTITY_AGAIN = (
    "под этим номером, адресом или именем была статья, которая уничтожена; если это другая статья, дайте ей другое имя "
    "или назовите издание"
)
HASH_BYTES = 16
ERASED_AFTER = """
    SELECT DISTINCT e.article FROM erasures e CROSS JOIN articles a ON a.id = e.article WHERE a.removed > ?
"""
# A text that no other article prints.
OWN_TEXTS = """
    SELECT DISTINCT v.text FROM versions v WHERE v.article = :id
      AND NOT EXISTS (SELECT 1 FROM versions w WHERE w.text = v.text AND w.article != v.article)
"""
LIFETIME = """
    SELECT min(l.revision), a.removed FROM articles a JOIN items i ON i.article = a.id
    JOIN log l ON l.batch = i.batch AND l.what = 'publish' WHERE a.id = ?
"""
NOTE = """
    INSERT INTO moves (article, revision, version) SELECT :id, :revision, max(version) FROM versions WHERE article = :id
"""
DROP = (
    "CREATE TEMP TABLE doomed (text INTEGER PRIMARY KEY)",
    f"INSERT INTO doomed {OWN_TEXTS}",
    "DELETE FROM versions WHERE article = :id",
    "DELETE FROM annotations WHERE text IN (SELECT text FROM doomed)",
    "DELETE FROM imprints WHERE text IN (SELECT text FROM doomed)",
    "DELETE FROM likenesses WHERE one IN (SELECT text FROM doomed) OR other IN (SELECT text FROM doomed)",
    "DELETE FROM texts WHERE id IN (SELECT text FROM doomed)",
    "DROP TABLE doomed",
    """
    UPDATE items SET path = 'уничтоженная статья ' || :id, reason = NULL, day = NULL, time = NULL, origin = NULL,
        encoding = NULL, warnings = NULL
    WHERE article = :id
    """,
    """
    UPDATE articles SET source = '', identity = 'erased:' || :id, version = 0, removed = :revision, revision = :revision
    WHERE id = :id
    """,
)
# Other items of the batch that are the same as its file («тот же текст, что в ФАЙЛ») or have its identity («…: ФАЙЛ.
# Оставлен первый.»).
SAME_ITEMS = """
    UPDATE items SET path = 'уничтоженная статья ' || :id,
        reason = substr(reason, 1, length(reason) - length(:path)) || 'уничтоженной статье'
    WHERE batch IN (SELECT batch FROM items WHERE article = :id)
      AND substr(reason, -length(' в ' || :path)) = ' в ' || :path
"""
REJECTED_ITEMS = """
    UPDATE items SET reason = replace(reason, ': ' || :path || '. ', ': уничтоженная статья. ')
    WHERE batch IN (SELECT batch FROM items WHERE article = :id) AND outcome = 'rejected'
"""


@dataclass(frozen=True, slots=True)
class Original:
    """Where an article came from: the path of its batch and its own in it."""

    batch: str
    path: str


class Erasures:
    """What was destroyed, in one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def numbers(self, after: int = 0) -> list[int]:
        """The numbers of articles destroyed later than a revision."""
        return [id for (id,) in self._database.rows(ERASED_AFTER, (after,))]

    @property
    def archive(self) -> str:
        """What tells this archive from others, in its backups too."""
        return archive_id(self._database)

    def lifetime(self, id: int) -> tuple[int, int]:
        """The revision that first brought a destroyed article, and the one that destroyed it."""
        born, ended = self._database.rows(LIFETIME, (id,))[0]
        return born, ended

    def versions(self, ids: Iterable[int]) -> Iterator[StoredArticle]:
        """All versions of articles, those taken out too."""
        for id in sorted(set(ids)):
            yield from map(article_of, self._database.rows(f"SELECT {ARTICLE_COLUMNS} WHERE a.id = ?", (id,)))

    def annotations(self, ids: Iterable[int]) -> Iterator[bytes]:
        """What any program ever found in the texts of articles."""
        for id in sorted(set(ids)):
            for (data,) in self._database.rows(
                "SELECT n.data FROM annotations n WHERE n.text IN (SELECT text FROM versions WHERE article = ?)", (id,)
            ):
                yield data

    def sharing(self, id: int) -> list[int]:
        """Other articles that print a text of this one, word for word."""
        rows = self._database.rows(
            "SELECT DISTINCT w.article FROM versions v JOIN versions w ON w.text = v.text AND w.article != v.article "
            "WHERE v.article = ? ORDER BY 1",
            (id,),
        )
        return [other for (other,) in rows]

    def originals(self, id: int) -> list[Original]:
        """All that batches brought of an article."""
        rows = self._database.rows(
            "SELECT DISTINCT b.path, i.path FROM items i JOIN batches b ON b.id = i.batch WHERE i.article = ?", (id,)
        )
        return [Original(*row) for row in rows]

    def erase(
        self, ids: Iterable[int], why: str, who: str, names: Iterable[str], entities: Iterable[str]
    ) -> tuple[int, ...]:
        """Destroys articles with these names and entity ids, under one new revision; returns those that there were.

        An interrupted batch is forgotten with them. `purge` takes what is left of them out of the file.
        """
        with self._database.transaction():
            ask = "SELECT 1 FROM articles WHERE id = ? AND version != 0"
            found = [id for id in sorted(set(ids)) if self._database.value(ask, (id,))]
            if found:
                drop_unused_texts(self._database)
                self._database.change("UPDATE erasure_salt SET archive = ?", (archive_id(self._database),))
                revision = write_revision(self._database, who, "erase", None, why)
                for id in found:
                    self._erase(id, revision)
                self._forget(names, entities)
        return tuple(found)

    def purge(self) -> None:
        """Rewrites the file without the remains of deleted rows; raises StoreError where others keep it busy."""
        self._database.purge()

    def _erase(self, id: int, revision: int) -> None:
        (source, identity) = self._database.rows("SELECT source, identity FROM articles WHERE id = ?", (id,))[0]
        digests = self._database.rows(f"SELECT digest FROM texts WHERE id IN ({OWN_TEXTS})", {"id": id})
        said = [f"text {digest}" for (digest,) in digests] + [of_identity(source, identity)]
        salt = self._salt()
        self._database.change_many(
            "INSERT OR IGNORE INTO erasures (hash, article) VALUES (?, ?)", [(hashed(salt, one), id) for one in said]
        )
        paths = "SELECT path FROM items WHERE article = :id UNION SELECT path FROM versions WHERE article = :id"
        for (path,) in self._database.rows(paths, {"id": id}):
            for step in (SAME_ITEMS, REJECTED_ITEMS):
                self._database.change(step, {"id": id, "path": path})
            self._rename_batches(id, path)
        for step in (NOTE, *DROP):
            self._database.change(step, {"id": id, "revision": revision})

    def _rename_batches(self, id: int, path: str) -> None:
        """Takes the name of a file that was given by itself out of the names of its batches."""
        for batch, name, where in self._database.rows(
            "SELECT DISTINCT b.id, b.name, b.path FROM batches b JOIN items i ON i.batch = b.id WHERE i.article = ?",
            (id,),
        ):
            parts = [part for part in name.split(", ") if part != path]
            places = [place for place in where.split(", ") if place.rpartition("/")[2] != path]
            self._database.change(
                "UPDATE batches SET name = ?, path = ? WHERE id = ?",
                (", ".join(parts) or f"партия {batch}", ", ".join(places), batch),
            )

    def _forget(self, names: Iterable[str], entities: Iterable[str]) -> None:
        for name in names:
            self._database.change("DELETE FROM names WHERE key = ?", (name,))
            self._database.change("DELETE FROM former_ids WHERE name = ?", (name,))
        for entity in entities:
            self._database.change("DELETE FROM former_ids WHERE id = ?", (entity,))

    def _salt(self) -> bytes:
        salt: bytes = self._database.value("SELECT salt FROM erasure_salt")
        return salt


def recogniser(database: Database) -> Callable[[StagedRow], StagedRow]:
    """Puts, in place of an item that brings a destroyed article again, a row that only says so."""
    known: dict[bytes, int] = dict(database.rows("SELECT hash, article FROM erasures"))
    if not known:
        return lambda row: row
    salt = database.value("SELECT salt FROM erasure_salt")

    def recognised(row: StagedRow) -> StagedRow:
        if row.digest is None:
            return row
        values = dict(zip(STAGED_COLUMNS, row.values, strict=True))
        of_text = known.get(hashed(salt, f"text {row.digest}"))
        id = of_text or known.get(hashed(salt, of_identity(values["source"] or "", values["identity"] or "")))
        return said_again(id, TEXT_AGAIN if of_text else IDENTITY_AGAIN) if id else row

    return recognised


def said_again(id: int, reason: str) -> StagedRow:
    """The row of an item that brings the destroyed article `id` again; it has nothing of the item."""
    said = {"kind": "erased", "refusal": reason, "source": "", "identity": f"erased:{id}", "path": f"статья {id}"}
    return StagedRow(None, None, tuple(said.get(name) for name in STAGED_COLUMNS))


def of_identity(source: str, identity: str) -> str:
    """What is hashed of an article's identity."""
    return f"identity {source}\n{identity}"


def hashed(salt: bytes, said: str) -> bytes:
    """Hashes a digest or an identity."""
    return hashlib.blake2b(said.encode(), key=salt, digest_size=HASH_BYTES).digest()
