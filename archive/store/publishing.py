"""Publishes a staged batch: decides in sets, whatever their order, what becomes of every item.

The same source and identity with the same content is unchanged, with another content changed; an unknown identity whose
text stands under another identity of the same source is unchanged, else new. An exported article is never another one:
the archive that it comes from told them apart. A sitemap is told as one.

What was removed stays removed, whatever text its identity brings and whatever identity brings its text: what was
removed by number until it is put back by number, what went out with a batch until it is asked for (`restore`).
"""

from archive.database.database import Database
from archive.database.tables import DETAIL_COLUMNS
from archive.records.log import BatchCounts
from archive.store.removals import IS_OUT_BY_NUMBER, STANDING

FATE = "CREATE TEMP TABLE fate (seq INTEGER PRIMARY KEY, outcome TEXT NOT NULL, article INTEGER, reason TEXT)"

# The staged content `s` is a version of the article `a` that went out with its batch.
TAKEN_VERSION = f"""
    SELECT 1 FROM versions w WHERE w.article = a.id AND w.fingerprint = s.fingerprint AND NOT EXISTS (
        SELECT 1 FROM ({STANDING}) standing WHERE standing.article = w.article AND standing.version = w.version
    )
"""
WITH_BATCH = "'убрана раньше вместе с партией'"
BY_NUMBER = "'убрана раньше по номеру'"
# The text of an article that is out comes again, whatever identity brings it.
TEXT_OUT = """
    INSERT INTO fate
    SELECT s.seq, '{outcome}', min(a.id), {reason}
    FROM staged s CROSS JOIN texts t USING (digest) CROSS JOIN versions v ON v.text = t.id
    CROSS JOIN articles a ON a.id = v.article AND a.removed IS NOT NULL
    WHERE s.batch = :batch AND s.seq NOT IN (SELECT seq FROM fate) AND {condition}
    GROUP BY s.seq
"""
# It stands in no article of the paper; where the paper is another than the removed one's, in no article at all.
STANDS_NOWHERE = """
    NOT EXISTS (SELECT 1 FROM versions w JOIN articles o ON o.id = w.article AND o.version = w.version
                WHERE w.text = t.id AND o.removed IS NULL AND (o.source = s.source OR a.source != s.source))
"""
# The same text stands in this batch under another identity.
IN_THIS_BATCH = """
    INSERT INTO fate
    SELECT s.seq, {outcome}, min(f.article), 'тот же текст, что в ' || min(other.path)
    FROM staged s
    CROSS JOIN staged other ON other.batch = s.batch AND other.source = s.source AND other.digest = s.digest
    CROSS JOIN fate f ON f.seq = other.seq AND f.outcome IN ({outcomes})
    WHERE s.batch = :batch AND s.kind IS NULL AND s.seq NOT IN (SELECT seq FROM fate)
    GROUP BY s.seq
"""
# In this order; each decides on items that none before it decided on. CROSS JOIN keeps SQLite to the order of tables:
# from the few staged to the many stored.
JUDGE = (
    """
    INSERT INTO fate
    SELECT seq, iif(kind IN ('sitemap', 'erased'), kind, 'rejected'),
           (SELECT id FROM articles a WHERE (a.source, a.identity) = (s.source, s.identity)), refusal
    FROM staged s WHERE batch = :batch AND refusal IS NOT NULL
    """,
    # The same identity again in one batch: the first one counts.
    """
    WITH repeated AS (
        SELECT seq, fingerprint, row_number() OVER one AS place,
               first_value(fingerprint) OVER one AS first_fingerprint, first_value(path) OVER one AS first_path
        FROM staged WHERE batch = :batch AND refusal IS NULL
        WINDOW one AS (PARTITION BY source, identity ORDER BY seq)
    )
    INSERT INTO fate
    SELECT seq, iif(fingerprint = first_fingerprint, 'unchanged', 'rejected'), NULL,
           iif(fingerprint = first_fingerprint, 'то же, что в ' || first_path,
               'В этой партии тот же номер, адрес или имя уже у другого текста: '
               || first_path || '. Оставлен первый.')
    FROM repeated WHERE place > 1
    """,
    # What was taken out by its number is taken in by no other, unless its text stands in the archive.
    TEXT_OUT.format(outcome="removed", reason=BY_NUMBER, condition=f"{IS_OUT_BY_NUMBER} AND {STANDS_NOWHERE}"),
    f"""
    INSERT INTO fate
    SELECT seq, outcome, article, CASE outcome
        WHEN 'removed' THEN {BY_NUMBER} WHEN 'removed_batch' THEN {WITH_BATCH} END
    FROM (
        SELECT s.seq, a.id AS article, CASE
            WHEN a.removed IS NOT NULL AND {IS_OUT_BY_NUMBER} THEN 'removed'
            WHEN a.removed IS NOT NULL THEN iif(:restore, 'new', 'removed_batch')
            WHEN v.fingerprint = s.fingerprint THEN 'unchanged'
            WHEN NOT :restore AND EXISTS ({TAKEN_VERSION}) THEN 'removed_batch'
            ELSE 'changed' END AS outcome
        FROM staged s CROSS JOIN articles a USING (source, identity)
        CROSS JOIN versions v ON v.article = a.id AND v.version = a.version
        WHERE s.batch = :batch AND s.seq NOT IN (SELECT seq FROM fate)
    )
    """,
    # The text stands in the archive under another identity, and this batch does not change it there.
    """
    INSERT INTO fate
    SELECT s.seq, 'unchanged', min(a.id), 'тот же текст, что у статьи ' || min(a.id)
    FROM staged s CROSS JOIN texts t USING (digest) CROSS JOIN versions v ON v.text = t.id
    CROSS JOIN articles a ON a.id = v.article AND a.version = v.version AND a.removed IS NULL AND a.source = s.source
    WHERE s.batch = :batch AND s.kind IS NULL AND s.seq NOT IN (SELECT seq FROM fate)
      AND a.id NOT IN (SELECT article FROM fate WHERE outcome = 'changed')
    GROUP BY s.seq
    """,
    # It stands in this batch as a changed article or one that comes again.
    IN_THIS_BATCH.format(outcomes="'new', 'changed'", outcome="'unchanged'"),
    TEXT_OUT.format(
        outcome="removed_batch",
        reason=WITH_BATCH,
        condition=f"NOT :restore AND a.source = s.source AND s.kind IS NULL AND NOT {IS_OUT_BY_NUMBER}",
    ),
    # It is in this batch the later text of an article that stays out.
    IN_THIS_BATCH.format(outcomes="'removed', 'removed_batch'", outcome="f.outcome"),
    """
    WITH left_over AS (
        SELECT seq, kind IS NOT NULL OR row_number() OVER one = 1 AS is_new, first_value(path) OVER one AS first_path
        FROM staged WHERE batch = :batch AND seq NOT IN (SELECT seq FROM fate)
        WINDOW one AS (PARTITION BY source, digest ORDER BY seq)
    )
    INSERT INTO fate
    SELECT seq, iif(is_new, 'new', 'unchanged'), NULL, iif(is_new, NULL, 'тот же текст, что в ' || first_path)
    FROM left_over
    """,
)

_DETAILS = ", ".join(f"s.{name}" for name in DETAIL_COLUMNS)

NOT_TAKEN_IN = """
    SELECT t.id FROM fate f CROSS JOIN staged s ON s.batch = :batch AND s.seq = f.seq CROSS JOIN texts t USING (digest)
    WHERE f.outcome IN ('removed', 'removed_batch', 'rejected')
      AND NOT EXISTS (SELECT 1 FROM versions v WHERE v.text = t.id)
"""
PUBLISH = (
    """
    INSERT INTO articles (source, identity, version, revision)
    SELECT s.source, s.identity, 0, :revision FROM staged s JOIN fate f USING (seq)
    WHERE s.batch = :batch AND f.outcome = 'new' AND f.article IS NULL ORDER BY s.seq
    """,
    """
    UPDATE fate SET article = (
        SELECT a.id FROM staged s JOIN articles a USING (source, identity) WHERE s.batch = :batch AND s.seq = fate.seq
    ) WHERE outcome = 'new' AND article IS NULL
    """,
    f"""
    INSERT INTO versions (article, version, batch, text, {", ".join(DETAIL_COLUMNS)})
    SELECT a.id, 1 + coalesce((SELECT max(version) FROM versions WHERE article = a.id), 0),
           s.batch, t.id, {_DETAILS}
    FROM fate f CROSS JOIN staged s ON s.batch = :batch AND s.seq = f.seq
    CROSS JOIN articles a ON a.id = f.article CROSS JOIN texts t ON t.digest = s.digest
    WHERE f.outcome IN ('new', 'changed')
    """,
    """
    UPDATE articles SET revision = :revision, removed = NULL,
        version = (SELECT max(version) FROM versions WHERE article = articles.id)
    WHERE id IN (SELECT article FROM fate WHERE outcome IN ('new', 'changed'))
    """,
    """
    INSERT INTO items (batch, seq, path, outcome, reason, article, day, time, origin, encoding, warnings)
    SELECT s.batch, s.seq, s.path, f.outcome, f.reason, f.article, s.day, s.time, s.origin, s.encoding, s.warnings
    FROM fate f JOIN staged s ON s.batch = :batch AND s.seq = f.seq
    """,
    # What is not taken in is not kept.
    f"DELETE FROM annotations WHERE text IN ({NOT_TAKEN_IN})",
    f"DELETE FROM texts WHERE id IN ({NOT_TAKEN_IN})",
    "DELETE FROM staged WHERE batch = :batch",
)

RESTORED = """
    UPDATE log SET restored = (SELECT count(*) FROM fate WHERE outcome = 'new' AND article IS NOT NULL)
    WHERE revision = :revision
"""
# Texts that no version prints. Those of a batch that is being read are among them.
UNUSED_TEXTS = "SELECT t.id FROM texts t WHERE NOT EXISTS (SELECT 1 FROM versions v WHERE v.text = t.id)"


def judge(database: Database, batch: int, restore: bool) -> None:
    """Fill the temporary table `fate`: one row an item of the batch. Inside a transaction."""
    database.change("DROP TABLE IF EXISTS temp.fate")
    database.change(FATE)
    for step in JUDGE:
        database.change(step, {"batch": batch, "restore": restore})


def publish(database: Database, batch: int, revision: int, restore: bool) -> BatchCounts:
    """Turn the staged items into articles and versions under one revision; what became of all. In a transaction."""
    judge(database, batch, restore)
    database.change(RESTORED, {"revision": revision})
    for step in PUBLISH:
        database.change(step, {"batch": batch, "revision": revision})
    by_outcome: dict[str, int] = dict(database.rows("SELECT outcome, count(*) FROM fate GROUP BY outcome"))
    return BatchCounts(read=sum(by_outcome.values()), **by_outcome)


def unused_texts(database: Database) -> int:
    """Counts the texts that stand in no article and never did."""
    return int(database.value(f"SELECT count(*) FROM ({UNUSED_TEXTS})"))


def drop_staged(database: Database) -> None:
    """Forgets a batch that was never published; its texts and annotations stay. Inside a transaction of the only
    writer."""
    database.change("DELETE FROM staged")
    database.change("DELETE FROM batches WHERE status = 'open'")


def drop_unused_texts(database: Database) -> int:
    """Forgets a batch that was never published with its texts and annotations; returns how many texts. Inside a
    transaction of the only writer."""
    drop_staged(database)
    database.change(f"DELETE FROM annotations WHERE text IN ({UNUSED_TEXTS})")
    return database.change(f"DELETE FROM texts WHERE id IN ({UNUSED_TEXTS})")
