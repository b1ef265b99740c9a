"""Pages that have much to list stay short: what is many unfolds, what says nothing is left out."""

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from archive.article import Article
from tests.support.random_archives import published_home
from webapp.app import create_app
from webapp.presenters.hits import NAMES_BESIDE_HIT

PAPERS = 40
PERSONS = tuple(
    "Иван Котов;Пётр Орлов;Анна Белова;Олег Котов;Яна Орлова;Лев Белов;Глеб Гусев;Нина Гусева;Юрий Щукин;"
    "Вера Щукина;Фёдор Сомов;Дарья Сомова;Марк Чижов;Алла Чижова".split(";")
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    batch = [
        Article(path=str(n), paragraphs=("Завод.",), own_id=str(n), source=f"Газета {n}", persons=PERSONS[: n * 2])
        for n in range(PAPERS)
    ]
    return create_app(published_home(tmp_path_factory.mktemp("много"), [batch])).test_client()


def soup(site: FlaskClient, url: str) -> BeautifulSoup:
    return BeautifulSoup(site.get(url, follow_redirects=True).text, "lxml")


@pytest.mark.parametrize(
    ("url", "rows"), [("/", ".held tbody tr"), ("/about", ".facts-list div:has(dt:-soup-contains(Газета))")]
)
def test_papers_beyond_the_first_unfold(site: FlaskClient, url: str, rows: str) -> None:
    page = soup(site, url)
    folded = page.select(f"details {rows}")
    assert (len(page.select(rows)), len(folded)) == (PAPERS, 16)
    assert page.select_one("details summary").text.startswith("ещё 16")  # type: ignore[union-attr]


def test_a_facet_without_any_value_is_not_shown(site: FlaskClient) -> None:
    facets = [facet["id"] for facet in soup(site, "/search?q=завод").select(".facet")]
    assert facets == ["person", "source"]
    chosen = [facet["id"] for facet in soup(site, "/search?q=завод&rubric=none&not_author=none").select(".facet")]
    assert chosen == ["rubric", "author"]


def test_names_beyond_the_first_are_counted_apart_from_the_last(site: FlaskClient) -> None:
    names = soup(site, "/search?source=Газета+39").select_one(".names")
    assert names is not None
    assert " ".join(names.text.split()).endswith(f"и ещё {len(PERSONS) - NAMES_BESIDE_HIT}")
    assert " и ещё" in names.text
    assert len(names.select("a")) == NAMES_BESIDE_HIT
