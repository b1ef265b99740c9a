"""Whose name a query is: the pages of persons and bodies that are offered above the hits."""

import pytest

from archive.article import Article
from archive.home import Home
from search.request import SearchRequest
from search.searcher import Searcher
from search.suggest.entities_in_query import MOST_SUBJECTS, subjects
from tests.support.random_archives import published_home
from webapp.app import create_app

NAMED = (
    ("Андрей Иванович Бочаров", "Красный Октябрь"),
    ("Андрей Иванович Бочаров", "Октябрь"),
    ("Анна Бочарова", "Красный Октябрь"),
    ("Виктор Львов", "Титан-Баррикады"),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    batch = [
        Article(
            path=str(n), paragraphs=(f"Назван {person}, завод «{plant}».",), persons=(person,), enterprises=(plant,)
        )
        for n, (person, plant) in enumerate(NAMED)
    ]
    return published_home(tmp_path_factory.mktemp("досье"), [batch])


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("бочаров", ["Андрей Иванович Бочаров", "Анна Бочарова"]),
        ("Бочаровым", ["Андрей Иванович Бочаров", "Анна Бочарова"]),
        ("бочаров андрей", ["Андрей Иванович Бочаров"]),
        ("Андрею Ивановичу Бочарову", ["Андрей Иванович Бочаров"]),
        ("Львову", ["Виктор Львов"]),
        ("красного октября", ["Красный Октябрь"]),
        ("титан-баррикады", ["Титан-Баррикады"]),
        ("андрей", []),  # a surname is a must
        ("виктор бочаров", []),
        ("октябрь", ["Октябрь"]),  # not a part of another's name
        ("завод красный октябрь", []),
        ("бочаров -анна", []),
        ("бочаров | львов", []),
        ("!бочаров", []),
        ("", []),
    ],
)
def test_whose_name_it_is(home: Home, asked: str, named: list[str]) -> None:
    assert [one.label for one in subjects(Searcher(home).search(SearchRequest(asked)))] == named


def test_initials_are_of_the_given_names(tmp_path_factory: pytest.TempPathFactory) -> None:
    texts = ("А. И. Бочаров приехал.", "А. И. Бочаров уехал.", "Приехала В. Бочарова.")
    persons = ("Андрей Иванович Бочаров", "Андрей Иванович Бочаров", "Вера Бочарова")
    pairs = zip(texts, persons, strict=True)
    batch = [Article(path=text, paragraphs=(text,), persons=(person,)) for text, person in pairs]
    searcher = Searcher(published_home(tmp_path_factory.mktemp("инициалы"), [batch]))
    for asked, found in (("Бочаров А.И.", ["Андрей Иванович Бочаров"]), ("В. Бочарова", ["Вера Бочарова"])):
        assert [one.label for one in subjects(searcher.search(SearchRequest(asked)))] == found


def test_who_is_chosen_comes_first(home: Home) -> None:
    searcher = Searcher(home)
    key = searcher.called("enterprise", "Красный Октябрь")
    assert key
    result = searcher.search(SearchRequest("бочаров", chosen={"enterprise": (key,), "rubric": ("none",)}))
    assert [one.label for one in subjects(result)] == ["Красный Октябрь", "Андрей Иванович Бочаров", "Анна Бочарова"]
    assert subjects(searcher.search(SearchRequest(chosen={"person": ("kogo-net",)}))) == ()


def test_a_common_surname_is_cut(tmp_path_factory: pytest.TempPathFactory) -> None:
    names = ("Иван", "Пётр", "Олег", "Лев", "Марк", "Глеб")
    batch = [Article(path=name, paragraphs=(f"{name} Котов.",), persons=(f"{name} Котов",)) for name in names]
    searcher = Searcher(published_home(tmp_path_factory.mktemp("котовы"), [batch]))
    assert len(subjects(searcher.search(SearchRequest("котов")))) == MOST_SUBJECTS


def test_page_and_api_lead_there(home: Home) -> None:
    client = create_app(home).test_client()
    (subject,) = client.get("/api/v1/search?q=львов").get_json()["subjects"]
    assert subject == {"kind": "person", "key": subject["key"], "label": "Виктор Львов", "articles": 1}
    page = client.get("/search?q=львов", follow_redirects=True).text
    assert f'<h2>Досье</h2><a class="who" href="/person/{subject["key"]}">Виктор Львов</a>' in page
    assert client.get(f"/person/{subject['key']}").status_code == 200
    assert "Досье" not in client.get("/search?q=завод", follow_redirects=True).text
