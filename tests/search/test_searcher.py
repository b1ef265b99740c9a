"""Whole answers: partial matches, pages, what is newly published, many threads at once, whatever is typed."""

import random
import threading
import time
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from archive.article import Article
from archive.home import Home
from archive.store.store import Store
from indexer.index import build
from indexer.index.generations import current
from indexer.index.schema import ARRAYS
from indexer.storage.arrays import TornIndex
from search import searcher as searcher_module
from search.request import NONE, SearchRequest
from search.result import Overview, Partial
from search.searcher import Searcher
from tests.support.random_archives import add, published_home

TEXTS = (
    "Межрегиональный форум по промышленности открыли в Волгограде.",
    "Форум и выставка: промышленность, сталь, энергетика.",
    "Выставка стали закрылась.",
    "Сталь и энергетика подорожали, форум отменили.",
    "Погода на завтра.",
)


def article(number: int, text: str, **fields: object) -> Article:
    return replace(Article(path=str(number), paragraphs=(text,), own_id=str(number)), **fields)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    batch = [
        article(number, text, rubric="Город" if number % 2 else None, persons=("Иван Петров",) if number == 3 else ())
        for number, text in enumerate(TEXTS)
    ]
    return published_home(tmp_path_factory.mktemp("searcher"), [batch])


@pytest.fixture(scope="module")
def searcher(home: Home) -> Searcher:
    return Searcher(home)


@pytest.mark.parametrize(
    ("typed", "all_of_them", "most_of_them"),
    [
        ("форум выставка промышленность сталь", "1", ""),
        ("форум сталь энергетика подорожали", "3", "1"),
        ("форум сталь погода", "", "1 3"),
        ("форум сталь погода -выставка", "", "3"),
        ('форум сталь погода "сталь и энергетика"', "", "3 1"),  # the words of a phrase need not stand together
        ("Сталь и энергетика подорожали: губернатор области обещал «выставку»", "", "3 1"),  # a headline: words weighed
        ('!форум сталь погода снег "сталь и энергетика"', "", "3 1"),
        ("форум погода", "", ""),
        ('"форум промышленность"', "", ""),
        ("форум | погода сталь снег", "0 1 3", ""),
    ],
)
def test_most_of_the_words(searcher: Searcher, typed: str, all_of_them: str, most_of_them: str) -> None:
    result = searcher.search(SearchRequest(typed))
    assert {hit.own_id for hit in result.hits} == set(all_of_them.split())
    assert [hit.own_id for hit in result.partial.hits] == most_of_them.split()
    assert result.partial.total == len(result.partial.hits)
    assert searcher.search(SearchRequest(typed, page=2)).partial == Partial(0, ())


def test_partial_matches_meet_the_conditions_and_count_in_no_facet(searcher: Searcher) -> None:
    result = searcher.search(SearchRequest("форум сталь погода", chosen={"person": ("ivan-petrov",)}))
    assert [hit.own_id for hit in result.partial.hits] == ["3"]
    assert result.total == 0
    assert {value.count for facet in result.facets for value in facet.values} == {0}


def test_a_full_page_is_offered_nothing_in_part(searcher: Searcher) -> None:
    assert searcher.search(SearchRequest("форум выставка промышленность сталь", size=1)).partial.total == 0


def test_pages(searcher: Searcher) -> None:
    pages = [searcher.search(SearchRequest(size=2, page=page)) for page in range(1, 5)]
    assert [len(page.hits) for page in pages] == [2, 2, 1, 0]
    assert {page.pages for page in pages} == {3}
    assert {page.total for page in pages} == {5}
    assert searcher.search(SearchRequest("нигде")).pages == 1


def test_an_empty_home_answers(tmp_path: Path) -> None:
    empty = Searcher(Home(tmp_path / "nothing"))
    assert not empty.ready()
    result = empty.search(SearchRequest("завод", chosen={"source": ("Вести",)}))
    assert (result.total, result.hits, result.pages, result.partial) == (0, (), 1, Partial(0, ()))
    assert [facet.name for facet in result.facets][:2] == ["date", "person"]
    assert empty.article(1) is None
    assert empty.overview() == Overview(0, None, None, 0, ())
    assert not (tmp_path / "nothing").exists()


def test_overview(searcher: Searcher) -> None:
    overview = searcher.overview()
    assert (overview.total, overview.first, overview.last, overview.undated) == (5, None, None, 5)
    assert [(source.key, source.count) for source in overview.sources] == [(NONE, 5)]


def test_an_article(searcher: Searcher) -> None:
    (hit,) = searcher.search(SearchRequest("подорожали")).hits
    page = searcher.article(hit.id, "форум -сталь")
    assert page
    assert page.batch == "партия"
    assert page.title_marks == ()
    assert [TEXTS[3][start:stop] for start, stop in page.paragraph_marks[0]] == ["форум"]
    assert [(name.key, name.label, name.given) for name in page.entities["person"]] == [
        ("ivan-petrov", "Иван Петров", True)
    ]
    assert searcher.article(10**9) is None


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks for a new index at every request."""
    monkeypatch.setattr(searcher_module, "LOOK_EVERY", 0)


@pytest.mark.usefixtures("eager")
def test_what_is_published_is_seen_and_what_is_removed_is_gone(tmp_path: Path) -> None:
    home = Home(tmp_path)
    searcher = Searcher(home)
    assert searcher.search(SearchRequest()).total == 0
    with Store(home.store, write=True) as store:
        for number in range(3):
            add(home, store, [article(number, f"Завод {number}")])
            assert searcher.search(SearchRequest("завод")).total == number + 1
        store.remove([2])
        before = searcher.search(SearchRequest("завод"))  # the index still has it
        assert (before.total, {hit.own_id for hit in before.hits}) == (2, {"0", "2"})
        assert searcher.article(2) is None
        build.update(store, home.index)
        assert searcher.search(SearchRequest("завод")).total == 2
        add(home, store, [article(0, "Погода")])
        assert searcher.search(SearchRequest("завод")).total == 1
        build.rebuild(store, home.index)
        assert searcher.search(SearchRequest()).total == 2


@pytest.mark.usefixtures("eager")
def test_threads_share_a_searcher_while_the_index_grows(tmp_path: Path) -> None:
    home = published_home(tmp_path, [[article(0, "Завод 0")]])
    searcher = Searcher(home)
    done = threading.Event()
    wrong: list[object] = []

    def ask() -> None:
        while not done.is_set():
            try:
                result = searcher.search(SearchRequest("завод", size=100))
                if result.total != len(result.hits) or result.total != result.facets[0].base:
                    wrong.append(result)
            except Exception as error:
                wrong.append(error)
                return

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    with Store(home.store, write=True) as store:
        for number in range(1, 5):
            add(home, store, [article(number, f"Завод {number}")])
    done.set()
    for thread in threads:
        thread.join()
    assert not wrong
    assert searcher.search(SearchRequest("завод")).total == 5


def test_a_new_index_is_seen_within_a_second(tmp_path: Path) -> None:
    home = published_home(tmp_path, [[article(0, "Завод 0")]])
    searcher = Searcher(home)
    assert searcher.search(SearchRequest()).total == 1
    with Store(home.store, write=True) as store:
        add(home, store, [article(1, "Завод 1")])
    time.sleep(searcher_module.LOOK_EVERY)
    assert searcher.search(SearchRequest()).total == 2


@pytest.mark.usefixtures("eager")
def test_an_index_that_takes_long_to_open_holds_up_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = published_home(tmp_path, [[article(0, "Завод 0")]])
    searcher = Searcher(home)
    assert searcher.search(SearchRequest()).total == 1
    monkeypatch.setattr(searcher_module, "LONG", -1)
    opening, open_index = Event(), searcher_module.open_index

    def opened(*arguments: Any) -> Any:
        opening.wait(30)
        return open_index(*arguments)

    monkeypatch.setattr(searcher_module, "open_index", opened)
    with Store(home.store, write=True) as store:
        add(home, store, [article(1, "Завод 1")])
    assert [searcher.search(SearchRequest("завод")).total for _ in range(3)] == [1, 1, 1]
    opening.set()
    until = time.monotonic() + 30
    while searcher.search(SearchRequest("завод")).total == 1 and time.monotonic() < until:
        time.sleep(0.01)
    assert searcher.search(SearchRequest("завод")).total == 2


ALPHABET = (
    *("форум", "сталь", "Петров", "промышленность", "и", "ИЛИ", "OR", "530,5", "Титан-Баррикады", "ё", "😀", "\0", "ʼ"),
    *' -!|*()"«»„“”\n\t,.@’',
    *"abя-5 ",
)


def test_whatever_is_typed_gets_an_answer(searcher: Searcher) -> None:
    chance = random.Random(2022)
    for _ in range(10_000):
        typed = "".join(chance.choices(ALPHABET, k=chance.randrange(24)))
        result = searcher.search(SearchRequest(typed, facet_size=1))
        assert result.read_as.endswith(".")
        assert result.total <= len(TEXTS)
        if chance.random() < 0.02:
            assert searcher.search(SearchRequest(result.query)).total == result.total, typed


@pytest.mark.usefixtures("eager")
def test_a_torn_index_leaves_the_snapshot_there_is(tmp_path: Path) -> None:
    home = published_home(tmp_path, [[article(0, "Завод 0")]])
    searcher = Searcher(home)
    assert searcher.search(SearchRequest()).total == 1
    with Store(home.store, write=True) as store:
        add(home, store, [article(1, "Завод 1")])
        folder = current(home.index)
        assert folder
        for file in folder.glob("*" + ARRAYS):
            whole = file.read_bytes()
            file.unlink()  # what is mapped stays whole
            file.write_bytes(whole[:-100])
        assert searcher.search(SearchRequest()).total == 1
        with pytest.raises(TornIndex):
            Searcher(home).search(SearchRequest())
        build.update(store, home.index)
        assert searcher.search(SearchRequest()).total == 2
