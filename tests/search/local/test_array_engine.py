"""Between the store's word that something is out and the index's: whatever is asked, it is gone, by brute force."""

import datetime as dt
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article import Article, Published
from archive.home import Home
from archive.store.store import Store
from indexer.index import build
from search.local import live_snapshot
from search.query.parser import read
from search.request import NONE, SearchRequest
from search.searcher import Searcher
from tests.archive.test_removals import IN_MEMORY, STEPS, Model, do
from tests.search.facets.test_facets import check
from tests.support.random_archives import Archive, published_home

PEOPLE = {"1": ("Андрей Бочаров",), "2": ("Иван Петров", "Анна Бочарова"), "3": ()}
DAYS = {"1": dt.date(2020, 1, 31), "2": dt.date(2020, 2, 1), "3": None}
QUESTIONS = (
    SearchRequest(reprints=True, size=100, facet_size=20),
    SearchRequest("завод", reprints=True, size=100, date_step="month"),
    SearchRequest("!номера ИЛИ 2", size=100, sort="oldest"),
    SearchRequest("зав* -1", size=100, date_from=dt.date(2020, 2, 1), undated="also"),
    SearchRequest(size=100, chosen={"source": ("Вести а",)}, excluded={"person": (NONE,)}),
)


def article(name: str, text: str) -> Article:
    """What a paper prints of `name` in its edition `text`: another text has other names and another day."""
    day = DAYS[text]
    return Article(
        path=name,
        paragraphs=(f"Завод {name} номера {text} работает.",),
        source=f"Вести {name}",
        persons=PEOPLE[text],
        published=Published(day) if day else Published(),
    )


def agrees(searcher: Searcher, archive: Archive) -> None:
    """All that can be asked is what brute force finds in the articles."""
    for request in QUESTIONS:
        result = searcher.search(request)
        expected = archive.matching(read(request.text).tree, request)
        assert result.total == len(expected)
        assert sorted(hit.id for hit in result.hits) == sorted(stored.id for stored in expected)
        assert all(stored.article.text[-20:] in shown(searcher, stored.id) for stored in expected)
        for facet in result.facets:
            check(searcher, archive, result, facet)
    overview = searcher.overview()
    days = [stored.article.published.day for stored in archive.articles]
    dated = [day for day in days if day]
    assert (overview.total, overview.undated) == (len(days), days.count(None))
    assert (overview.first, overview.last) == (min(dated, default=None), max(dated, default=None))
    names = [name for stored in archive.articles for name in stored.article.persons]
    for name, key in (("Андрей Бочаров", "andrey-bocharov"), ("Иван Петров", "ivan-petrov")):
        page = searcher.entity("person", key)
        assert (page.result.total if page else 0) == names.count(name)
        assert not page or page.names[0].articles == names.count(name)
    typed = searcher.values("person", SearchRequest(), "бочар").values
    assert {value.label: value.count for value in typed} == {n: names.count(n) for n in names if "Бочаров" in n}
    assert {key for keys in searcher.names().values() for key in keys.values()} == set(names)


def shown(searcher: Searcher, id: int) -> str:
    """The text on an article's page."""
    page = searcher.article(id)
    return page.stored.article.text if page else ""


@pytest.mark.parametrize("folded", [True, False], ids=["one segment", "several"])
@settings(max_examples=12, deadline=None)
@given(STEPS, st.integers(1, 14))
def test_whatever_is_out_is_gone_before_the_index_knows(folded: bool, steps: list[tuple[str, object]], at: int) -> None:
    """The index stops at the step `at`; a text that it has is shown as long as the archive holds it."""
    model, ids, indexed = Model(), dict[str, int](), dict[str, int]()
    with (
        TemporaryDirectory(dir=IN_MEMORY) as folder,
        pytest.MonkeyPatch.context() as patch,
        Store(Path(folder) / "archive.sqlite", write=True) as store,
    ):
        home = Home(Path(folder))
        patch.setattr(live_snapshot, "SECONDS_BETWEEN_LOOKS", 0)
        if not folded:
            patch.setattr(build, "MERGED_ARTICLES", 0)
        searcher, archive = Searcher(home), Archive([], {})
        for number, step in enumerate(steps, 1):
            model.do(step)
            do(store, ids, step, article)
            if number <= at:
                build.update(store, home.index)
                archive, indexed = Archive.of(home), {name: model.last[name] for name in model.shown()}
            held = {
                name for name, batch in indexed.items() if model.holds(batch, name) and not model.taken(name, batch)
            }
            if number > at or number == len(steps):
                agrees(searcher, Archive([one for one in archive.articles if one.article.path in held], archive.names))


def test_one_request_is_one_moment(tmp_path: Path) -> None:
    """A removal in the middle of a request is not seen by the rest of it, and by all of the next one."""
    home = published_home(tmp_path, [[article(name, "1") for name in "абв"]])
    searcher = Searcher(home)
    with Store(home.store, write=True) as store, searcher.moment():
        before = searcher.search(SearchRequest())
        store.remove([2])
        again = searcher.search(SearchRequest())
        assert (again.total, again.facets, again.hits) == (before.total, before.facets, before.hits)
        assert searcher.article(2)
    assert (searcher.search(SearchRequest()).total, searcher.article(2)) == (2, None)


def test_every_request_is_whole_while_articles_come_and_go(tmp_path: Path) -> None:
    home = published_home(
        tmp_path, [[article(name, "1") for name in "абвгдежз"], [article(name, "2") for name in "абв"]]
    )
    searcher, done = Searcher(home), threading.Event()
    wrong: list[object] = []

    def ask() -> None:
        while not done.is_set():
            result = searcher.search(SearchRequest(size=100, reprints=True))
            years = sum(value.count for value in result.facets[0].values)
            if not result.total == len(result.hits) == years or result.total not in (8, 7, 5):
                wrong.append(result)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    with Store(home.store, write=True) as store:
        for _ in range(40):
            store.remove_batch(2)
            store.unremove_batch(2)
            store.remove([5])
            store.unremove([5])
    done.set()
    for thread in threads:
        thread.join()
    assert not wrong
