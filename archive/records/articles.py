"""Reads articles by their numbers and versions, and says which came last."""

from collections.abc import Iterable

from archive.article import StoredArticle
from archive.database.database import Database
from archive.database.rows import ARTICLE_COLUMNS, ROWS_PER_QUERY, article_of, in_groups


def articles_by_version(database: Database, pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], StoredArticle]:
    """Articles by (id, version); those removed or unknown are left out."""
    found: dict[tuple[int, int], StoredArticle] = {}
    for some in in_groups(pairs, ROWS_PER_QUERY):
        marks = ", ".join(["(?, ?)"] * len(some))
        for row in database.rows(  # a join goes by key, where IN (VALUES …) reads all versions
            f"WITH wanted(article, version) AS (VALUES {marks}) SELECT {ARTICLE_COLUMNS} "
            "JOIN wanted w ON w.article = v.article AND w.version = v.version WHERE a.removed IS NULL",
            [number for pair in some for number in pair],
        ):
            stored = article_of(row)
            found[stored.id, stored.version] = stored
    return found


def newest_articles(database: Database, count: int) -> list[int]:
    """The numbers of the articles that came last, the newest first, without removed ones."""
    rows = database.rows("SELECT id FROM articles WHERE removed IS NULL ORDER BY id DESC LIMIT ?", (count,))
    return [row[0] for row in rows]


def present_between(database: Database, first: int, stop: int) -> list[int]:
    """The numbers from `first` to below `stop` of articles that were not removed, ascending."""
    rows = database.rows(
        "SELECT id FROM articles WHERE removed IS NULL AND id >= ? AND id < ? ORDER BY id", (first, stop)
    )
    return [row[0] for row in rows]
