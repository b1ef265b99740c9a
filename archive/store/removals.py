"""Takes articles and batches out of the archive and puts them back.

A version stands while its batch is in the archive, or since it was named when put back after its batch had been taken
out. An article shows the newest version that stands; it is out where none does, or where it was itself taken out and
not put back since (nor delivered anew to a former program, which took that in). So a batch put back finds everything as
it was before it was taken out.
"""

from collections.abc import Iterable
from typing import Literal

from archive.database.database import Database
from archive.errors import StoreError

Move = Literal["remove", "unremove"]
# Every version that stands, and the revision that published it.
STANDING = """
    SELECT v.article, v.version, p.revision AS published
    FROM versions v JOIN batches b ON b.id = v.batch JOIN log p ON p.batch = b.id AND p.what = 'publish'
    WHERE b.status = 'published' OR EXISTS (
        SELECT 1 FROM moves m JOIN log l USING (revision)
        WHERE m.article = v.article AND m.version = v.version AND l.what = 'unremove'
          AND m.revision > (SELECT max(r.revision) FROM log r WHERE r.batch = b.id AND r.what = 'remove batch')
    )
"""
# Whether the article `a` that is out was taken out by its number, perhaps with its batch too.
IS_OUT_BY_NUMBER = """
    'remove' IS (
        SELECT l.what FROM moves m JOIN log l USING (revision) WHERE m.article = a.id ORDER BY m.revision DESC LIMIT 1
    )
"""
# What the articles of a batch come to; only those for which that is something else than now.
TURN = f"""
    INSERT INTO turned
    WITH touched AS (SELECT DISTINCT article FROM versions WHERE batch = :batch),
    standing AS (SELECT s.* FROM touched CROSS JOIN ({STANDING}) s USING (article)),
    newest AS (
        SELECT t.article, max(s.version) AS version, max(s.published) AS published
        FROM touched t LEFT JOIN standing s USING (article) GROUP BY t.article
    ),
    taken AS (
        SELECT article, revision FROM (
            SELECT m.article, max(m.revision) AS revision, l.what
            FROM touched CROSS JOIN moves m USING (article) JOIN log l USING (revision) GROUP BY m.article
        ) WHERE what = 'remove'
    ),
    after AS (
        SELECT article, coalesce(n.version, a.version) AS version,
               n.version IS NOT NULL AND coalesce(t.revision < n.published, 1) AS shown, a.version AS version_now,
               a.removed IS NULL AS shown_now
        FROM newest n JOIN articles a ON a.id = n.article LEFT JOIN taken t USING (article)
    )
    SELECT article, version, shown, shown_now FROM after WHERE (version, shown) != (version_now, shown_now)
"""
MOVE_BATCH = (
    "CREATE TEMP TABLE turned (article INTEGER PRIMARY KEY, version INTEGER, shown INTEGER, shown_before INTEGER)",
    TURN,
    """
    UPDATE articles SET revision = :revision, version = turned.version,
        removed = iif(turned.shown, NULL, coalesce(removed, :revision))
    FROM turned WHERE turned.article = articles.id
    """,
)
MOVE = {
    "remove": "UPDATE articles SET removed = :revision, revision = :revision WHERE id = :id",
    "unremove": f"""
    UPDATE articles SET removed = NULL, revision = :revision,
        version = coalesce((SELECT max(version) FROM ({STANDING}) WHERE article = :id), version)
    WHERE id = :id
    """,
}
KEEP = "INSERT INTO moves (article, revision, version) SELECT id, :revision, version FROM articles WHERE id = :id"
# What a removal later than :after took out, of articles touched since: none of it may be read, nor what was delivered
# before an article was taken out by itself. A text that was corrected stands.
TAKEN_OUT = f"""
    SELECT v.article, v.version FROM articles a CROSS JOIN versions v ON v.article = a.id
    WHERE a.revision > :after
      AND EXISTS (SELECT 1 FROM log WHERE revision > :after AND what IN ('remove', 'remove batch'))
      AND (a.removed IS NOT NULL OR v.version != a.version AND NOT EXISTS (
          SELECT 1 FROM ({STANDING}) s WHERE s.article = v.article AND s.version = v.version AND s.published > coalesce(
              (SELECT iif(l.what = 'remove', m.revision, 0) FROM moves m JOIN log l USING (revision)
               WHERE m.article = a.id ORDER BY m.revision DESC LIMIT 1), 0)
      ))
"""
# What was destroyed later than :after, and the last version that it had.
DESTROYED = (
    "SELECT m.article, m.version FROM moves m JOIN log USING (revision) WHERE revision > :after AND what = 'erase'"
)
REFUSED = {"published": "Партия {} и так в архиве.", "removed": "Партия {} уже убрана."}


def to_move(database: Database, ids: Iterable[int], what: Move) -> list[int]:
    """Those of the ids that stand in the archive, or that are out of it."""
    present = "NULL" if what == "remove" else "NOT NULL"
    ask = f"SELECT 1 FROM articles WHERE id = ? AND version != 0 AND removed IS {present}"
    return [id for id in sorted(set(ids)) if database.value(ask, (id,))]


def move(database: Database, ids: Iterable[int], what: Move, revision: int) -> None:
    """Take articles out or put them back under a revision that names them. Inside a transaction."""
    for id in ids:
        for step in (MOVE[what], KEEP):
            database.change(step, {"id": id, "revision": revision})


def mark(database: Database, batch: int, status: Literal["published", "removed"]) -> None:
    """Say where a batch is from now on; raises StoreError where it is there already or there is none."""
    now = database.value("SELECT status FROM batches WHERE id = ?", (batch,))
    if now in (None, "open", status):
        raise StoreError(REFUSED.get(now, "Партии {} нет.").format(batch))
    database.change("UPDATE batches SET status = ? WHERE id = ?", (status, batch))


def taken_out(database: Database, after: int) -> list[tuple[int, int]]:
    """(article, version) of all that removals later than the revision `after` took out and nothing has put back."""
    destroyed = database.rows(DESTROYED, {"after": after})
    gone = [(article, version) for article, last in destroyed for version in range(1, last + 1)]
    return [*database.rows(TAKEN_OUT, {"after": after}), *gone]


def move_batch(database: Database, batch: int, revision: int) -> tuple[int, int]:
    """Let the articles of a batch marked just now show what stands: how many came or went, how many show another text.

    Inside a transaction.
    """
    database.change("DROP TABLE IF EXISTS temp.turned")
    for step in MOVE_BATCH:
        database.change(step, {"batch": batch, "revision": revision})
    moved, changed = database.rows(
        "SELECT count(iif(shown != shown_before, 1, NULL)), count(iif(shown AND shown_before, 1, NULL)) FROM turned"
    )[0]
    return moved, changed


def notice(database: Database, id: int) -> str | None:
    """What readers are told of an article that was taken out; None of one that was not."""
    told = database.value("SELECT l.notice FROM articles a JOIN log l ON l.revision = a.removed WHERE a.id = ?", (id,))
    return None if told is None else str(told)
