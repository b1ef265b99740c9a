"""Like texts of different papers: found whatever the order, also after a kill; folded and counted in results."""

import datetime as dt
import random
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article import Article, Published
from archive.store.store import Store
from benchmarks.reprints import MANNERS, quality, read, taken_once
from indexer.reprints import near_duplicates as likeness
from indexer.reprints.near_duplicates import compare_new
from indexer.reprints.shingles import share, shingles

WORDS = [f"слово{number}" for number in range(400)]
START = dt.date(2020, 1, 1)
SURE = 0.5  # signatures miss one such pair in 5,000, of those just over the threshold one in eleven: (1 - share³)⁶⁴


def text_of(seed: int, edits: int, words: int = 60) -> str:
    """A text that depends on the seed, some of its words replaced."""
    chance = random.Random(seed)
    row = [chance.choice(WORDS) for _ in range(words)]
    for place in random.Random(f"{seed} {edits}").sample(range(words), edits):
        row[place] = f"правка{edits}"
    return " ".join(row)


printed = st.builds(
    lambda seed, edits, source, days, name: Article(
        path=str(name),
        paragraphs=(text_of(seed, edits),),
        source=source,
        published=Published(None if days is None else START + dt.timedelta(days)),
    ),
    st.integers(0, 3),
    st.sampled_from((0, 0, 3, 9, 12, 15, 30)),
    st.sampled_from((None, "Вести", "ВЕСТИ", "Правда", "Труд")),
    st.sampled_from((None, 0, 3, 60, 61, 400)),
    st.integers(0, 10**6),
)


def printed_once(article: Article) -> tuple[str, str]:
    """Paper and text: of several such articles the store keeps the first, so the date would depend on the order."""
    return (article.source or "").casefold(), article.text


def publish(store: Store, batch: Iterable[Article]) -> None:
    number = store.begin_batch("партия", "партия")
    store.stage(number, batch)
    store.publish_batch(number)


def found(store: Store) -> dict[tuple[str, str], float]:
    """Every pair, by its texts."""
    texts = dict(store.reprints.texts({id for one, other, _ in store.reprints.alike() for id in (one, other)}))
    pairs = [(sorted((texts[one], texts[other])), alike) for one, other, alike in store.reprints.alike()]
    return {(one, other): alike for (one, other), alike in pairs}


def expected(articles: Sequence[Article]) -> dict[tuple[str, str], float]:
    """The same, straight from the rule."""
    pairs = {}
    for one in articles:
        for other in articles:
            first, second = one.published.day, other.published.day
            papers = (one.source or "").casefold() != (other.source or "").casefold()
            near = not first or not second or abs((first - second).days) <= likeness.NEAR_DAYS
            alike = share(shingles(one.text), shingles(other.text))
            if papers and near and alike >= likeness.LEAST_SHARE and one.text < other.text:
                pairs[one.text, other.text] = alike
    return pairs


@settings(max_examples=12, deadline=None)
@given(st.lists(printed, max_size=10, unique_by=(lambda one: one.path, printed_once)), st.randoms(), st.integers(1, 4))
def test_the_order_of_batches_changes_nothing(articles: list[Article], chance: random.Random, size: int) -> None:
    answers = []
    for order in (articles, chance.sample(articles, len(articles))):
        with TemporaryDirectory() as folder, Store(Path(folder) / "a.sqlite", write=True) as store:
            for first in range(0, len(order), size):
                publish(store, order[first : first + size])
                if chance.random() < 0.7:
                    compare_new(store)
            compare_new(store)
            assert compare_new(store) == 0
            answers.append({pair: alike for pair, alike in found(store).items() if pair[0] != pair[1]})
    pairs = expected(articles)
    assert answers[0] == answers[1] == pytest.approx({pair: pairs[pair] for pair in answers[0]})
    assert {pair for pair, alike in pairs.items() if alike >= SURE} <= answers[0].keys()


@pytest.mark.parametrize(
    ("before", "after", "alike"),
    [
        (START, START, True),
        (START, START + dt.timedelta(60), True),
        (START + dt.timedelta(60), START, True),
        (START, START + dt.timedelta(61), False),
        (START + dt.timedelta(61), START, False),
        (None, START, True),
        (START, None, True),
        (None, None, True),
        (dt.date.min, dt.date(1, 2, 1), True),
        (dt.date.max, dt.date(9999, 12, 1), True),
    ],
)
def test_a_batch_meets_what_was_printed_near_its_days(
    tmp_path: Path, before: dt.date | None, after: dt.date | None, alike: bool
) -> None:
    with Store(tmp_path / "a.sqlite", write=True) as store:
        for edits, source, day in ((0, "Вести", before), (3, "Правда", after)):
            text = (text_of(1, edits),)
            publish(store, [Article(path=source, paragraphs=text, source=source, published=Published(day))])
            compare_new(store)
        assert bool(found(store)) is alike


def test_one_text_in_two_papers_is_a_pair_by_itself_whatever_its_length(tmp_path: Path) -> None:
    with Store(tmp_path / "a.sqlite", write=True) as store:
        for source in ("Вести", "Правда"):
            publish(store, [Article(path="а", paragraphs=("Погода не изменится.",), source=source)])
        compare_new(store)
        assert found(store) == {("Погода не изменится.", "Погода не изменится."): 1}


def test_what_was_removed_is_compared_too_for_it_may_come_back(tmp_path: Path) -> None:
    with Store(tmp_path / "a.sqlite", write=True) as store:
        publish(store, [Article(path="а", paragraphs=(text_of(1, 0),), source="Вести")])
        store.remove([1])
        publish(store, [Article(path="б", paragraphs=(text_of(1, 3),), source="Правда")])
        compare_new(store)
        assert len(found(store)) == 1
        assert [one.article for one in store.reprints.printed()] == [2]
        store.unremove([1])
        assert sorted(one.article for one in store.reprints.printed()) == [1, 2]


def test_a_run_that_was_killed_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness, "AT_ONCE", 3)
    articles = [
        Article(path=f"{seed} {edits}", paragraphs=(text_of(seed, edits),), source=f"Газета {edits}")
        for seed in range(4)
        for edits in (0, 3, 9)
    ]

    class Killed(Exception):
        pass

    def killed(_done: int) -> None:
        raise Killed

    with Store(tmp_path / "a.sqlite", write=True) as store:
        publish(store, articles)
        with pytest.raises(Killed):
            compare_new(store, killed)
        assert compare_new(store) == len(articles) - 3
        assert found(store) == pytest.approx(expected(articles))


def test_a_paper_that_repeats_its_forms_costs_no_pairs(tmp_path: Path) -> None:
    with Store(tmp_path / "a.sqlite", write=True) as store:
        publish(
            store,
            [Article(path=str(day), paragraphs=(text_of(1, 0) + f" {day}",), source="Вести") for day in range(50)],
        )
        assert compare_new(store) == 50
        assert not store.reprints.alike()


@pytest.mark.parametrize("ways", MANNERS.values())
def test_copies_of_press_articles_are_found_and_others_are_not(gold: Path, ways: str) -> None:
    articles = list(islice(read(gold / "press" / "many-papers-2019.jsonl.gz"), 0, 4000, 20))
    recall, right = quality(list(taken_once(iter(articles))), ways)
    assert recall[5] > 0.98
    assert recall[20] > 0.95
    assert right > 0.98
