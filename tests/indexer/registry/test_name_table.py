"""Who is who after every batch, removal, merge and crash: as if all names of the archive had been looked at at once."""

import re
import tracemalloc
from collections import Counter, defaultdict
from itertools import permutations
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article import Article
from archive.home import Home
from archive.store.store import Store
from indexer.annotation import KINDS
from indexer.entities.resolution import NameCount, resolve
from indexer.entities.resolution import given as name_of
from indexer.index import build
from indexer.index.generations import current, last_commit
from indexer.index.schema import committed_segments
from indexer.index.segments import open_segments
from indexer.name_key import name_key
from indexer.registry.entity_ids import current_id
from indexer.registry.name_table import NameTable, open_name_table, spliced, string_table, write_name_table
from indexer.storage.arrays import string_arrays
from tests.support.random_archives import add

PERSONS = ("Иван Петров", "Иван Петрович Петров", "Иван Сергеевич Петров", "И. Петров", "Игорь Петров", "Петров",
           "Анна Петрова", "А. Петрова", "Саша Ткач", "Иван Петрович", "Ян Ткач", "Эдди Холл",
           "Эдди Голл", "Э. Голл", "Эдди Хол")  # fmt: skip
BODIES = ("Титан", "ТИТАН", "Красный Октябрь", "Вести", "Янтарь")
SOME = st.builds(
    lambda persons, enterprises: (tuple(persons), tuple(enterprises)),
    st.lists(st.sampled_from(PERSONS), max_size=3),
    st.lists(st.sampled_from(BODIES), max_size=2),
)
BATCH = st.lists(SOME, min_size=1, max_size=4)
STEP = st.one_of(BATCH, st.frozensets(st.integers(1, 9), min_size=1, max_size=3), st.just("rebuild"), st.just("lose"))

NUMBER = re.compile(r"-\d+$")

Names = tuple[tuple[str, ...], tuple[str, ...]]


def article(number: int, names: Names) -> Article:
    return Article(f"{number}", (f"Статья {number}",), persons=names[0], enterprises=names[1])


def name_table_of(home: Home) -> tuple[Path, NameTable]:
    folder = current(home.index)
    assert folder
    commit = last_commit(folder)
    table = open_name_table(folder, commit)
    assert table
    assert table.covers(segment.segment_id() for segment in committed_segments(folder, commit))
    return folder, table


def living(store: Store) -> Counter[str]:
    """Name key → live articles, by the articles themselves."""
    pairs = [(change.id, change.version) for change in store.changes(0) if not change.removed]
    found: Counter[str] = Counter()
    for stored in store.articles(pairs).values():
        keys = {name_of(label, "person")[0].text for label in stored.article.persons}
        found.update(keys | {name_of(label, "enterprise")[0].text for label in stored.article.enterprises})
    return found


def is_found_by_every_id(home: Home, store: Store, shown: dict[str, set[str]]) -> None:
    """Every id ever shown is, or leads to, an entity that has a name of it; `shown` learns what is shown now."""
    table = name_table_of(home)[1]
    found = clusters(table)
    for id, names in shown.items():
        assert found[current_id(store.entity_ids, table, id)] & names
    for id, names in found.items():
        assert current_id(store.entity_ids, table, id) == id
        shown.setdefault(id, set()).update(names)


def clusters(table: NameTable) -> dict[str, set[str]]:
    """Entity → the names that stand for it in live articles."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in range(len(table.keys)):
        if table.counts[name]:
            found[table.ids[int(table.meanings[name])]].add(table.keys[name])
    return found


def is_whole(home: Home, store: Store) -> None:
    folder, table = name_table_of(home)
    counts = living(store)
    assert {key: int(count) for key, count in zip(table.keys, table.counts, strict=True) if count} == counts
    expected = {
        frozenset(key.text for key in entity.names): entity
        for entity in resolve([NameCount(name_key(key), key[2:], count) for key, count in counts.items()], {})
    }
    found = clusters(table)
    assert sorted(map(sorted, found.values())) == sorted(map(sorted, expected))
    kinds = {names: entity.kind for names, entity in expected.items()}
    slugs = {names: NUMBER.sub("", entity.id) for names, entity in expected.items()}
    for id, names in found.items():
        number = table.entity(id)
        assert KINDS[table.kind(number)] == kinds[frozenset(names)]
        assert NUMBER.sub("", id) == slugs[frozenset(names)]
        assert current_id(store.entity_ids, table, id) == id
    assert list(table.keys) == sorted(table.keys)
    members = [table.entity_row(number) for number in range(len(table.ids))]
    assert members == sorted(members)
    assert [table.ids[int(number)] for number in table.by_id] == sorted(set(table.ids))
    rows = {row[0]: row for row in store.names()}
    live_names = [name for name in range(len(table.keys)) if table.counts[name]]
    assert all(rows[row[0]] == row for row in table.rows(live_names))
    assert {name for name in range(len(table.keys)) if table.meanings[name] >= 0} >= set(live_names)
    for part in open_segments(folder, committed_segments(folder, last_commit(folder))):
        names = table.names(part.segment.segment_id())
        assert [table.keys[int(name)] for name in names] == list(part.arrays.strings("name.values"))


@settings(max_examples=15, deadline=None)
@given(st.lists(STEP, min_size=1, max_size=6))
def test_the_roll_is_that_of_all_names_at_once(steps: list[list[Names] | frozenset[int] | str]) -> None:
    with TemporaryDirectory() as folder:
        home = Home(Path(folder))
        with Store(home.store, write=True) as store:
            number = 0
            for step in steps:
                if isinstance(step, list):
                    add(home, store, [article(number + i, names) for i, names in enumerate(step, 1)])
                    number += len(step)
                elif isinstance(step, frozenset):
                    store.remove(step)
                    build.update(store, home.index)
                elif step == "rebuild" or not number:
                    build.rebuild(store, home.index)
                else:
                    path, _ = name_table_of(home)
                    next(path.glob("roll-*")).unlink()
                    build.update(store, home.index)
                is_whole(home, store)
                assert build.check(store, home.index) == ()


@settings(max_examples=10, deadline=None)
@given(st.lists(SOME, min_size=2, max_size=8), st.randoms())
def test_any_order_and_split_of_batches_makes_the_same_entities_and_slugs(names: list[Names], random: Random) -> None:
    every = [article(number, some) for number, some in enumerate(names)]
    found = []
    for _ in range(2):
        shown: dict[str, set[str]] = {}
        with TemporaryDirectory() as folder:
            home = Home(Path(folder))
            with Store(home.store, write=True) as store:
                left = list(every)
                random.shuffle(left)
                while left:
                    cut = random.randint(1, len(left))
                    add(home, store, left[:cut])
                    left = left[cut:]
                    is_found_by_every_id(home, store, shown)
                found.append(
                    {(NUMBER.sub("", id), *sorted(names)) for id, names in clusters(name_table_of(home)[1]).items()}
                )
    assert found[0] == found[1]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_initials_before_and_after_the_full_name_and_of_two(tmp_path: Path, order: tuple[int, ...]) -> None:
    people = ("А. Бочаров", "Андрей Бочаров", "Артём Бочаров")
    home, shown = Home(tmp_path), dict[str, set[str]]()
    with Store(home.store, write=True) as store:
        for number in order:
            add(home, store, [article(number, ((people[number],), ()))])
            is_found_by_every_id(home, store, shown)
        assert set(clusters(name_table_of(home)[1])) == {"a-bocharov", "andrey-bocharov", "artem-bocharov"}
        store.remove([order.index(2) + 1])  # the initials are Андрей's again, and their id leads to him
        build.update(store, home.index)
        table = name_table_of(home)[1]
        assert set(clusters(table)) == {"andrey-bocharov"}
        assert current_id(store.entity_ids, table, "a-bocharov") == "andrey-bocharov"


def test_spellings_of_one_foreigner_come_together_whatever_stands_between_them(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with Store(home.store, write=True) as store:
        for number, name in enumerate(("Эдди Холл", "Иван Дмитриев", "Эдди Голл", "Э. Холл")):
            add(home, store, [article(number, ((name,), ()))])
            is_whole(home, store)
        names = {"p:холл|эдди||m", "p:голл|эдди||m", "p:холл|э||m"}
        assert clusters(name_table_of(home)[1])["eddi-goll"] == names  # of two met as often the first in the alphabet
        store.remove([3])
        build.update(store, home.index)
        is_whole(home, store)
        assert clusters(name_table_of(home)[1])["eddi-kholl"] == names - {"p:голл|эдди||m"}


def test_a_roll_of_a_version_before_is_made_anew(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with Store(home.store, write=True) as store:
        add(home, store, [article(1, (("Иван Петров",), ("Титан",)))])
        folder, _ = name_table_of(home)
        write_name_table(folder, last_commit(folder), string_arrays("name.keys", ()) | string_arrays("name.labels", ()))
        assert open_name_table(folder, last_commit(folder)) is None


def test_who_was_removed_and_comes_back_has_his_id_though_others_had_it(tmp_path: Path) -> None:
    home, names = Home(tmp_path), ("Андрей Бочаров", "А. Бочаров", "Артём Бочаров")
    with Store(home.store, write=True) as store:
        add(home, store, [article(number, ((name,), ())) for number, name in enumerate(names[:2])])
        for taken_out, put_in in (([1], ()), ((), [1])):
            store.remove(taken_out)
            if put_in:
                add(home, store, [article(2, ((names[2],), ()))])
            store.unremove(put_in)
            build.update(store, home.index)
            is_whole(home, store)


def test_a_torn_roll_is_made_anew(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with Store(home.store, write=True) as store:
        add(home, store, [article(1, (("Иван Петров",), ("Титан",)))])
        folder, _ = name_table_of(home)
        path = next(folder.glob("roll-*"))
        path.write_bytes(path.read_bytes()[:100])
        assert open_name_table(folder, last_commit(folder)) is None
        build.update(store, home.index)
        is_whole(home, store)


TABLE = st.lists(st.text("абв", max_size=3), max_size=8)


@given(TABLE, st.lists(st.tuples(st.integers(0, 8), st.booleans(), st.text("гд", max_size=2)), max_size=5))
def test_a_table_of_strings_is_spliced_as_a_list_is(strings: list[str], changes: list[tuple[int, bool, str]]) -> None:
    cuts = {at: cut for at, cut, _ in changes if at < len(strings)}
    edits = sorted({(at, at, (item,)) for at, _, item in changes if at <= len(strings)})
    edits += [(at, at + 1, ()) for at, cut in cuts.items() if cut]
    expected: list[str] = []
    for at in range(len(strings) + 1):
        expected += [item for start, stop, (item, *_) in ((a, b, (*c, "")) for a, b, c in edits) if start == stop == at]
        expected += strings[at : at + 1] if not cuts.get(at) else []
    old = string_table(string_arrays("t", strings), "t")
    assert list(string_table(spliced("t", old, sorted(edits, key=lambda edit: edit[:2])), "t")) == expected


def test_a_table_made_from_nothing_takes_no_memory_for_each_string() -> None:
    strings = [f"p:фамилия-{number}" for number in range(20_000)]
    old = string_table(string_arrays("t", ()), "t")
    tracemalloc.start()
    try:
        arrays = spliced("t", old, ((0, 0, (string,)) for string in strings))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert list(string_table(arrays, "t")) == strings
    assert most < 200 * len(strings)
