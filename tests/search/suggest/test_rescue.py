"""A query that finds nothing is answered as it was meant, visibly; a good one never.

cases/daily.tsv: what was typed and what was meant, over words and names of a regional daily. cases/good.tsv: rare words
and names of that daily, and good words and names that its first 4,000 articles have not.
"""

import datetime as dt
import gzip
import json
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from archive.article import Article, Published
from archive.home import Home
from indexer.text.tokens import forms
from scripts.cli import commands
from search.query.typed_word import query_lemmas
from search.request import SearchRequest
from search.searcher import Searcher
from tests.support.random_archives import published_home

CASES = Path(__file__).parent / "cases"
ARTICLES = 4000
LEAST_MEANT = 0.95  # of the cases the query meant is answered or among the offers


@pytest.fixture(scope="module")
def daily(gold: Path, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    with gzip.open(gold / "press" / "regional-daily-2022.jsonl.gz", "rt") as lines:
        batch = [printed(json.loads(line)) for line in islice(lines, ARTICLES)]
    return Searcher(published_home(tmp_path_factory.mktemp("газета"), [batch]))


def printed(row: dict[str, str]) -> Article:
    day = Published(dt.date.fromisoformat(row["date"]), None, "metadata")
    return Article(path=row["id"], title=row["title"], paragraphs=tuple(row["text"].split("\n")), published=day)


def rows(table: str) -> list[list[str]]:
    return [line.split("\t") for line in (CASES / table).read_text(encoding="utf-8").splitlines()[1:]]


def answers(searcher: Searcher, text: str) -> list[str]:
    """The query that is answered, then those that are offered."""
    result = searcher.search(SearchRequest(text))
    return [result.query, *(offer.query for offer in result.suggestions)]


def same(one: str, other: str) -> bool:
    """Whether two queries are the same words in any forms."""
    pairs = [[set(query_lemmas(form)) for form in forms(text)[0]] for text in (one, other)]
    return len(pairs[0]) == len(pairs[1]) and all(a & b for a, b in zip(*pairs, strict=True))


def test_the_query_meant_is_answered_or_offered(daily: Searcher) -> None:
    kinds: Counter[str] = Counter()
    missed: dict[str, list[str]] = {}
    for kind, typed, meant in rows("daily.tsv"):
        kinds[kind] += 1
        if not any(same(query, meant) for query in answers(daily, typed)):
            missed.setdefault(kind, []).append(typed)
    assert kinds.total() >= 400
    assert sum(map(len, missed.values())) <= (1 - LEAST_MEANT) * kinds.total(), missed
    assert {kind: some for kind, some in missed.items() if len(some) > 0.1 * kinds[kind]} == {}


def test_no_good_query_is_rewritten(daily: Searcher) -> None:
    queries = [typed for _, typed in rows("good.tsv")]
    assert len(queries) >= 400
    assert [text for text in queries if daily.search(SearchRequest(text)).rescue] == []


@pytest.mark.parametrize(
    ("typed", "meant", "kind"),
    [
        ("pfdjl", "завод", "layout"),
        ("волгоградский pfdjl", "волгоградский завод", "layout"),
        ("Krasnyy Oktyabr", "красный октябрь", "latin"),
        ("Volgogradskaya", "волгоградская", "latin"),
        ("3авод", "завод", "letters"),
        ("предприятиее", "предприятие", "spelling"),
        ("красныйоктябрь", '"красный октябрь"', "blanks"),
        ("губер натор", "губернатор", "blanks"),
    ],
)
def test_the_sample_understands(site_home: Home, typed: str, meant: str, kind: str) -> None:
    result = Searcher(site_home).search(SearchRequest(typed))
    assert result.rescue
    assert (result.rescue.typed, result.rescue.kind) == (typed, kind)
    assert same(result.query, meant)
    assert result.total == Searcher(site_home).search(SearchRequest(result.query)).total > 0


@pytest.mark.parametrize(
    "typed", ["завод", "Бочаров", "тетерев", "Кривошлыков", "", "-завод", "персона:Никто", "завод -сталь"]
)
def test_the_sample_leaves_alone(site_home: Home, typed: str) -> None:
    assert Searcher(site_home).search(SearchRequest(typed)).rescue is None


def test_a_year_is_read_as_the_date_where_nothing_else_finds(tmp_path: Path) -> None:
    texts = {"2021": "Завод выпустил сталь.", "2022": "Завод закрыт."}
    batch = [
        Article(path=year, paragraphs=(text,), published=Published(dt.date(int(year), 5, 1), None, "metadata"))
        for year, text in texts.items()
    ]
    searcher = Searcher(published_home(tmp_path, [batch]))
    result = searcher.search(SearchRequest("завод 2022"))
    assert [hit.published.day for hit in result.hits] == [dt.date(2022, 5, 1)]
    assert result.rescue
    assert result.rescue.says == (
        "По запросу «завод 2022» ничего не найдено (похоже, названа дата выхода). Показано: «завод, 2022»."
    )
    earlier = SearchRequest("завод 2022", date_from=dt.date(2021, 1, 1), date_to=dt.date(2021, 12, 31))
    assert searcher.total(earlier) == 1


def test_page_api_feed_table_and_command_answer_alike(site: FlaskClient, site_home: Home) -> None:
    page = site.get("/search?q=pfdjl", follow_redirects=True).text
    assert "По запросу «pfdjl» ничего не найдено (похоже, набрано в другой раскладке). Показано: «завод»." in page
    assert '<a href="/search?q=pfdjl&amp;as_typed=1" rel="nofollow">Искать именно «pfdjl»</a>' in page
    as_typed = site.get("/search?q=pfdjl&as_typed=1").text
    assert "Показано" not in as_typed
    assert ">завод</a>" in as_typed
    assert 'name="as_typed"' not in as_typed.partition("<main")[0]
    found = site.get("/api/v1/search?q=pfdjl").get_json()
    assert found["rescue"]["query"] == "завод"
    assert found["total"] == site.get("/api/v1/search?q=завод").get_json()["total"]
    assert site.get("/api/v1/search?q=pfdjl&as_typed=1").get_json()["total"] == 0
    tables = [site.get(f"/search.csv?q={text}").text.splitlines() for text in ("pfdjl", "завод")]
    assert tables[0][:-2] == tables[1][:-1]
    assert "похоже, набрано в другой раскладке" in tables[0][-2]
    told = CliRunner(env={"PODSHIVKA_HOME": str(site_home.path)}).invoke(commands, ["search", "pfdjl"])
    assert "Искать именно так: podshivka search --as-typed 'pfdjl'" in told.output
