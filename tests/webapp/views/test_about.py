"""What the archive says of itself: figures against a plain count, pages, JSON, terminal; its health when damaged."""

import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from flask.testing import FlaskClient
from hypothesis import given, settings

from archive.article import Article, Rejection
from archive.home import Home
from archive.store.store import Store
from indexer.annotation import KINDS
from scripts.cli import commands
from scripts.output import batch_report as report
from search.searcher import Searcher
from search.statistics import Holdings
from tests.support.random_archives import Archive, articles, published_home
from webapp.app import create_app
from webapp.presenters.russian import OUTCOMES

STAN = ("Завод пустил новый прокатный стан, которого в городе ждали целый год.",)


def text(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, answer.text
    return BeautifulSoup(answer.text, "lxml").get_text(" ", strip=True)


@settings(max_examples=12, deadline=None)
@given(batch=articles)
def test_figures_are_those_of_a_plain_count(tmp_path_factory: pytest.TempPathFactory, batch: Sequence[Article]) -> None:
    home = published_home(tmp_path_factory.mktemp("figures"), [batch], removed=[1])
    figures = Holdings(home, Searcher(home)).figures()
    archive = Archive.of(home)
    days = [stored.article.published.day for stored in archive.articles]
    assert (figures.overview.total, figures.overview.undated) == (len(days), days.count(None))
    assert dict(figures.years) == Counter(day.year for day in days if day)
    assert [year for year, _ in figures.years] == sorted(dict(figures.years))
    for kind in figures.names:
        named = [archive.values(stored, kind.kind) for stored in archive.articles]
        assert (kind.entities, kind.articles) == (len(set().union(*named)), sum(map(bool, named)))
    assert [kind.kind for kind in figures.names] == list(KINDS)
    assert (figures.totals.batches, figures.totals.read, figures.totals.removed) == (1, len(batch), 1)
    assert figures.revision == figures.indexed == 2
    assert figures.indexed_at


def test_every_figure_with_a_link_is_what_the_link_finds(site: FlaskClient) -> None:
    page = BeautifulSoup(site.get("/about").text, "lxml")
    linked = [
        (str(link["href"]), int(re.sub(r"\D", "", link.text.split("(")[0]))) for link in page.select(".facts-list a")
    ]
    assert len(linked) > 8
    for url, count in linked:
        answer = site.get(url.replace("/search", "/api/v1/search", 1)).json
        assert answer
        assert answer["total"] == count, url
    assert page.select_one("footer a[href='/about']")


def test_page_terminal_and_json_say_the_same(site: FlaskClient, site_home: Home) -> None:
    page = BeautifulSoup(site.get("/about").text, "lxml")
    shown = [
        tuple(part.get_text(" ", strip=True) for part in fact.select("dt, dd"))
        for fact in page.select(".facts-list > div")
    ]
    said = CliRunner().invoke(commands, ["stats"], env={"PODSHIVKA_HOME": str(site_home.path)}).output
    told = [tuple(line.strip().split(": ", 1)) for line in said.splitlines() if line.startswith("    ")]
    assert shown == told
    answer = site.get("/api/v1/about").json
    assert answer
    assert answer["articles"] == sum(answer["years"].values()) + answer["undated"] == 41
    assert sum(source["articles"] for source in answer["sources"]) == 41
    assert answer["read"] == 41
    assert ("Статей", "41") in shown
    assert ("Отказов", "0") in shown


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Two batches: one of 130 articles and a rejection, one taken out again."""
    many: list[Article | Rejection] = [
        Article(f"{n}.txt", (f"Завод выполнил план на {n} процентов.",), source="Вести") for n in range(130)
    ]
    home = published_home(tmp_path, [[*many, Rejection("скан.pdf", "это не текст: PDF")], [Article("a", STAN)]])
    said = CliRunner().invoke(commands, ["remove", "--batch", "2"], env={"PODSHIVKA_HOME": str(home.path)})
    assert said.exit_code == 0, said.output
    return home


def test_the_history_of_batches(home: Home) -> None:
    client = create_app(home, show_batches=True).test_client()
    history = text(client, "/about/batches")
    assert "№ 2, убрана" in history
    assert "Прочитано 131: новых 130, изменённых 0, без изменений 0, отказов 1." in history
    assert history.index("№ 2") < history.index("№ 1")
    first, last = text(client, "/about/batches/1"), text(client, "/about/batches/1?page=2")
    assert "Завод выполнил план на 0 процентов" in first
    assert "Завод выполнил план на 99 процентов" in first
    assert "Завод выполнил план на 100 процентов" in last
    assert "отказ скан.pdf Это не текст: PDF." in last
    assert "статья 131 убрана" in text(client, "/about/batches/2")
    for url in (
        "/about/batches/1?page=3",
        "/about/batches/1?page=0",
        "/about/batches/3",
        "/about/batches/999999999999999999999",
    ):
        assert "Такой страницы нет" in text(client, url, 404)
    answer = client.get("/api/v1/about/batches").json
    assert answer
    assert [(batch["id"], batch["status"], batch["read"]) for batch in answer["batches"]] == [
        (2, "removed", 1),
        (1, "published", 131),
    ]
    fact = BeautifulSoup(client.get("/article/7").text, "lxml").select_one("a[href='/about/batches/1']")
    assert fact
    facts = text(client, "/about")
    assert "Принято партий 2, из них убрано 1" in facts
    assert "Отказов 1 (1\xa0%)" in facts


def test_strangers_learn_neither_who_added_a_batch_nor_what_its_files_are_called(home: Home) -> None:
    with Store(home.store) as store:
        secrets = {batch.who for batch in store.batches()} | {batch.name for batch in store.batches()}
    urls = ("/about/batches", "/about/batches/1?page=2", "/api/v1/about/batches")
    told, shown = (
        [client.get(url).text for url in urls]
        for client in (create_app(home).test_client(), create_app(home, show_batches=True).test_client())
    )
    assert not [secret for page in told for secret in secrets - {""} if f">{secret}<" in page or f'"{secret}"' in page]
    assert not [page for page in told if "добавил" in page or "скан.pdf" in page]
    assert [page for page in shown if "скан.pdf" in page] == [shown[1]]
    assert "Партия № 1, в архиве" in told[1]
    assert "Это не текст: PDF" in told[1]


def test_an_article_tells_strangers_no_names_of_files(site: FlaskClient, site_home: Home) -> None:
    strangers, inner = site, create_app(site_home, show_batches=True).test_client()
    (hit,) = strangers.get("/api/v1/search?author=<u>А.+Кот</u>").get_json()["hits"]
    api, page = f"/api/v1/articles/{hit['id']}", f"/article/{hit['id']}"
    urls = (
        *(api, page, f"{page}/versions", "/search?q=сталь", "/api/v1/search?q=сталь&size=100", "/search.csv?q=сталь"),
        *(
            "/search.jsonl?q=сталь",
            "/search.rss?q=сталь",
            "/search.atom?q=сталь",
            f"/clippings?ids={hit['id']}",
            "/about",
        ),
    )
    assert not [url for url in urls if "hostile.jsonl" in strangers.get(url).text]
    assert [url for url in urls if "hostile.jsonl" in inner.get(url).text] == [api, page, f"{page}/versions"]
    shown = inner.get(api).get_json()
    assert (shown["batch"], shown["versions"][0]["batch"]) == ("hostile.jsonl", "hostile.jsonl")
    assert shown["path"]
    fact = BeautifulSoup(strangers.get(page).text, "lxml").select_one("a[href^='/about/batches/']")
    assert fact
    assert fact.text.startswith("№ ")


def test_where_a_batch_lay_on_the_disk_is_told_to_nobody(site: FlaskClient, site_home: Home) -> None:
    with Store(site_home.store) as store:
        paths = [str(Path(batch.path).parent) for batch in store.batches()]
    for url in ("/about", "/about/batches", "/about/batches/1", "/api/v1/about", "/api/v1/about/batches"):
        answer = site.get(url).get_data(as_text=True)
        assert not [path for path in paths if path in answer]


def test_what_the_authority_file_does_is_told(site_home: Home, tmp_path: Path) -> None:
    shutil.copytree(site_home.path, tmp_path / "home")
    home = Home(tmp_path / "home")
    home.authority.mkdir()
    table = "id,label,kind,variants\nsergey-ivanov,Сергей Иванов,персона,нет такого имени\nx,,что-то,\n"
    (home.authority / "persons.csv").write_text(table, encoding="utf-8")
    found = Holdings(home, Searcher(home)).figures().corrections
    assert (found.lines, found.problems) == (1, 1)
    assert "Строк, которых не понять 1" in text(create_app(home).test_client(), "/about")


def test_an_empty_archive_speaks_too(tmp_path: Path) -> None:
    client = create_app(Home(tmp_path / "нет")).test_client()
    assert "ещё не построен" in text(client, "/about")
    assert "Партий ещё не было" in text(client, "/about/batches")
    assert not list(tmp_path.iterdir())


def health(home: Home) -> tuple[int, Any]:
    answer = create_app(home).test_client().get("/healthz")
    assert answer.json
    return answer.status_code, answer.json


def test_a_ready_and_an_empty_archive(home: Home, tmp_path: Path) -> None:
    status, told = health(home)
    assert (status, told["status"], told["articles"]) == (200, "ready", 130)
    assert told["revision"] == told["indexed"] == 3
    status, told = health(Home(tmp_path / "нет"))
    assert (status, told["status"], told["articles"]) == (200, "empty", 0)


def test_an_index_behind_still_serves(home: Home) -> None:
    client = create_app(home).test_client()
    assert client.get("/healthz").json["status"] == "ready"  # type: ignore[index]
    with Store(home.store, write=True) as store:
        batch = store.begin_batch("ещё", "ещё")
        store.stage(batch, [Article("b", STAN)])
        store.publish_batch(batch)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json["status"]) == (200, "behind")  # type: ignore[index]
    assert "правка 3 из 4" in answer.json["message"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("damage", "state", "says"),
    [
        ("garbage in the store", "broken store", "podshivka restore"),
        ("a file of the index cut short", "broken index", "podshivka reindex"),
        ("a manifest torn", "broken index", "podshivka reindex"),
        ("the index gone", "broken index", "podshivka reindex"),
        ("the folder of the index is a file", "broken index", "podshivka reindex"),
    ],
)
@pytest.mark.parametrize("running", [False, True])
def test_damage_is_told_apart(home: Home, damage: str, state: str, says: str, running: bool) -> None:
    client = create_app(home).test_client()
    if running:
        assert client.get("/healthz").status_code == 200
    match damage:
        case "garbage in the store":
            for beside in home.path.glob("archive.sqlite-*"):
                beside.unlink()
            home.store.write_bytes(b"not a database at all" * 500)
        case "a file of the index cut short":
            (arrays, *_) = home.index.rglob("*.arrays")
            arrays.write_bytes(arrays.read_bytes()[:-9])
        case "a manifest torn":
            for manifest in home.index.rglob("manifest-*.json"):
                manifest.write_text("{", encoding="utf-8")
        case "the index gone":
            shutil.rmtree(home.index)
        case _:
            shutil.rmtree(home.index)
            home.index.write_text("не папка", encoding="utf-8")
    answer = client.get("/healthz")
    assert answer.json
    assert (answer.status_code, answer.json["status"]) == (503, state)
    assert says in answer.json["message"]


def test_an_index_full_of_nothing_is_told(home: Home) -> None:
    for arrays in home.index.rglob("*.arrays"):
        arrays.write_bytes(bytes(arrays.stat().st_size))
    status, told = health(home)
    assert (status, told["status"]) == (503, "broken index")


@contextmanager
def nobody() -> Iterator[None]:
    """Without the rights of root."""
    if os.geteuid() != 0:
        pytest.skip("only root can become nobody")
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize("closed", ["archive.sqlite", "index", "index/current"])
def test_a_reader_without_rights_is_told_so(home: Home, closed: str) -> None:
    with TemporaryDirectory() as folder:  # the folders above tmp_path are closed to nobody
        os.chmod(folder, 0o755)
        open_to_all = Path(folder) / "home"
        shutil.copytree(home.path, open_to_all)
        open_to_all.chmod(0o777)
        (open_to_all / closed).chmod(0o000)
        client = create_app(Home(open_to_all)).test_client()
        with nobody():
            answer = client.get("/healthz")
    assert answer.json
    assert (answer.status_code, answer.json["status"]) == (503, "no rights")


def test_outcomes_are_called_alike_everywhere() -> None:
    assert OUTCOMES == report.OUTCOMES
