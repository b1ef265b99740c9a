"""Declares the store's tables, as SQL steps from one schema version to the next.

A text is kept once (`texts`), however many versions print it. `articles` point to their current version; versions are
never rewritten, so an index one batch behind still reads what it was built from. A row of `log` is a revision: one
published batch or one removal.
"""

from archive.database.fingerprint import SCHEMA_7_FIELDS
from archive.fields import FIELDS

DETAIL_COLUMNS = (  # of an article, beside its text: columns of `staged` and `versions` alike
    *("title", "day", "time", "origin"),
    *(field.name for field in FIELDS if field.name != "source"),
    *("path", "encoding", "warnings", "fingerprint"),
)

MIGRATIONS = (
    """
CREATE TABLE log (
    revision INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,     -- publish | remove | unremove | remove batch
    batch INTEGER REFERENCES batches,
    why TEXT NOT NULL DEFAULT ''
);
CREATE TABLE batches (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    path TEXT NOT NULL,
    source TEXT,
    started TEXT NOT NULL,
    finished TEXT,
    status TEXT NOT NULL,   -- open | published | removed
    read INTEGER NOT NULL DEFAULT 0,
    new INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE texts (
    id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL      -- title and paragraphs joined by line breaks
);
CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,   -- '' where unknown
    identity TEXT NOT NULL,
    version INTEGER NOT NULL,
    revision INTEGER NOT NULL REFERENCES log,   -- the last one that touched it
    removed INTEGER REFERENCES log,             -- the one that removed it
    UNIQUE (source, identity)
);
CREATE INDEX articles_revision ON articles (revision);
CREATE TABLE versions (
    article INTEGER NOT NULL REFERENCES articles,
    version INTEGER NOT NULL,
    before INTEGER,         -- the version current before, none where the article was new or removed
    batch INTEGER NOT NULL REFERENCES batches,
    text INTEGER NOT NULL REFERENCES texts,
    title TEXT, day TEXT, time TEXT, origin TEXT, author TEXT, rubric TEXT, issue TEXT, page TEXT, url TEXT,
    own_id TEXT, path TEXT NOT NULL, persons TEXT NOT NULL, enterprises TEXT NOT NULL, encoding TEXT,
    warnings TEXT NOT NULL, fingerprint TEXT NOT NULL,
    PRIMARY KEY (article, version)
) WITHOUT ROWID;
CREATE INDEX versions_text ON versions (text);
CREATE INDEX versions_batch ON versions (batch);
CREATE TABLE staged (
    batch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    refusal TEXT,
    source TEXT,
    identity TEXT,
    digest TEXT,
    title TEXT, day TEXT, time TEXT, origin TEXT, author TEXT, rubric TEXT, issue TEXT, page TEXT, url TEXT,
    own_id TEXT, path TEXT NOT NULL, persons TEXT, enterprises TEXT, encoding TEXT, warnings TEXT, fingerprint TEXT,
    PRIMARY KEY (batch, seq)
);
CREATE INDEX staged_digest ON staged (digest);
CREATE TABLE items (        -- what became of everything a batch delivered
    batch INTEGER NOT NULL REFERENCES batches,
    seq INTEGER NOT NULL,
    path TEXT NOT NULL,
    outcome TEXT NOT NULL,  -- new | changed | unchanged | rejected | sitemap
    reason TEXT,
    article INTEGER REFERENCES articles,
    day TEXT, time TEXT, origin TEXT, encoding TEXT, warnings TEXT,
    PRIMARY KEY (batch, seq)
) WITHOUT ROWID;
CREATE TABLE annotations (
    text INTEGER NOT NULL REFERENCES texts,
    annotator TEXT NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (text, annotator)
);
CREATE TABLE names (
    key TEXT PRIMARY KEY,
    entity TEXT NOT NULL,
    kind TEXT NOT NULL,
    label TEXT NOT NULL
) WITHOUT ROWID;
""",
    """
CREATE TABLE moves (        -- articles taken out by themselves or put back so
    article INTEGER NOT NULL REFERENCES articles,
    revision INTEGER NOT NULL REFERENCES log,
    version INTEGER NOT NULL,   -- the one taken out or put back
    PRIMARY KEY (article, revision)
) WITHOUT ROWID;
CREATE INDEX moves_revision ON moves (revision);
CREATE INDEX log_batch ON log (batch);
INSERT INTO moves SELECT id, removed, version FROM articles
WHERE removed IN (SELECT revision FROM log WHERE what = 'remove');
ALTER TABLE versions DROP COLUMN before
""",
    """
CREATE TABLE imprints (     -- a text in a paper on a day, and the signature by which its like are found
    text INTEGER NOT NULL REFERENCES texts,
    source TEXT NOT NULL,
    day TEXT NOT NULL,      -- '' where unknown
    signature BLOB NOT NULL,    -- empty of a short text
    PRIMARY KEY (text, source, day)
);
CREATE TABLE likenesses (   -- texts that are much the same, a text in several articles with itself
    one INTEGER NOT NULL REFERENCES texts,
    other INTEGER NOT NULL REFERENCES texts,
    share REAL NOT NULL,    -- of the shingles that either has
    PRIMARY KEY (one, other)
) WITHOUT ROWID;
ALTER TABLE batches ADD COLUMN compared INTEGER NOT NULL DEFAULT 0
""",
    "CREATE INDEX names_entity ON names (entity)",
    """
ALTER TABLE staged ADD COLUMN kind TEXT;    -- exported | sitemap | NULL: as any other
ALTER TABLE batches ADD COLUMN sitemap INTEGER NOT NULL DEFAULT 0
""",
    """
CREATE TABLE former_ids (   -- ids that entities had before they got another
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL      -- the key of a name that had it: whom that means now, the id leads to
) WITHOUT ROWID
""",
    "CREATE INDEX likenesses_other ON likenesses (other)",
    # Fingerprints by name: archive/database/fingerprint.
    f"""
UPDATE versions SET fingerprint = (
    SELECT upgraded_fingerprint(fingerprint, {", ".join(SCHEMA_7_FIELDS)}) FROM articles a, texts t
    WHERE a.id = versions.article AND t.id = versions.text
)
""",
    "ALTER TABLE staged ADD COLUMN genre TEXT; ALTER TABLE versions ADD COLUMN genre TEXT",
    # Items that were not taken in, because their article had been taken out: by its number, with its batch, for good.
    # `restored`: how many articles that were out with a batch another batch took in again.
    """
ALTER TABLE batches ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE batches ADD COLUMN removed_batch INTEGER NOT NULL DEFAULT 0;
ALTER TABLE batches ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;
ALTER TABLE log ADD COLUMN restored INTEGER NOT NULL DEFAULT 0
""",
    # An article that was destroyed has version 0 and no versions. `archive`: archive/records/log.archive_id.
    """
CREATE TABLE erasures (     -- salted hashes of what was destroyed: by them it is known when it comes again
    hash BLOB PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles
) WITHOUT ROWID;
CREATE TABLE erasure_salt AS SELECT randomblob(32) AS salt, NULL AS archive
""",
    "ALTER TABLE log ADD COLUMN notice TEXT NOT NULL DEFAULT ''",  # what readers are told of articles taken out
    """
ALTER TABLE names ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;    -- archive/database/name_sums
UPDATE names SET sum = name_sum(key, entity, kind, label)
""",
)
