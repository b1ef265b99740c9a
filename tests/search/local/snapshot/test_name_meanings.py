"""What names mean once the authority file is applied: as if it had been applied to all names of the archive."""

from dataclasses import dataclass

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive.article import Article
from archive.database.name_sums import NameRow
from archive.home import Home
from archive.store.store import Store
from indexer.annotation import KINDS
from indexer.authority.authority_file import Authority
from indexer.authority.authority_line import AuthorityLine, Variant
from indexer.authority.corrections import corrected_names
from indexer.authority.scope import names_in_scope
from indexer.registry.name_table import NameTable, alphabetical
from search.local.segments.segment import Segment
from search.local.snapshot.name_meanings import name_table_of, open_index
from search.local.snapshot.name_prefixes import may_mean
from search.local.snapshot.snapshot import Snapshot
from tests.support.random_archives import add

PERSONS = ("Иван Петров", "Иван Петрович Петров", "И. Петров", "Петров", "Анна Петрова", "Иван Де Ла Крус",
           "Иван Петрович", "Ян Ткач")  # fmt: skip
BODIES = ("Титан", "Красный Октябрь", "ВТЗ", "Волжский трубный завод", "Янтарь")
IDS = ("ivan-petrov", "petrov", "titan", "titan--vtz", "vtz", "novyy", "krasnyy-oktyabr", "yan-tkach")
TEXT = st.sampled_from((*PERSONS, *BODIES, *IDS, "Крус Де Ла Иван", "никого"))
LINE = st.builds(
    AuthorityLine,
    file=st.sampled_from(("persons.csv", "enterprises.csv")),
    number=st.integers(2, 9),
    id=st.sampled_from(IDS),
    label=st.sampled_from(("", "Иной", "Ян Ткач", "Титан")),
    kind=st.sampled_from((None, None, "person", "organisation", "none")),
    variants=st.lists(st.builds(Variant, TEXT, together=st.sampled_from(("", "", "Титан"))), max_size=2).map(tuple),
    not_variants=st.lists(TEXT, max_size=1).map(tuple),
    valid_from=st.none(),
    valid_to=st.none(),
    successor_of=st.lists(TEXT, max_size=1).map(tuple),
    note=st.just(""),
)


@dataclass(frozen=True)
class Opened:
    segments: tuple[Segment, ...]
    table: NameTable
    rows: list[NameRow]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    home = Home(tmp_path_factory.mktemp("home"))
    with Store(home.store, write=True) as store:
        for number, name in enumerate((*PERSONS, *BODIES)):
            persons, bodies = ((name,), ("Титан",)) if name in PERSONS else ((), (name,))
            add(home, store, [Article(f"{number}", (f"Статья {number}",), persons=persons, enterprises=bodies)])
        rows = list(store.names())
    segments, table = open_index(home.index, ())
    return Opened(segments, table, rows)


CHAIN = (  # Ivan Petrov is now called vtz, and what was called so is petrov's
    AuthorityLine("persons.csv", 2, "vtz", "", "person", (), (), None, None, ("Иван Петров",), ""),
    AuthorityLine("enterprises.csv", 2, "petrov", "", None, (Variant("ВТЗ"),), (), None, None, (), ""),
)


@settings(max_examples=60, deadline=None)
@example(CHAIN)
@given(st.lists(LINE, max_size=4).map(tuple))
def test_corrections_of_some_names_are_those_of_all(opened: Opened, lines: tuple[AuthorityLine, ...]) -> None:
    authority = Authority(lines)
    every = corrected_names(opened.rows, authority)
    some = corrected_names(opened.table.rows(names_in_scope(opened.table, authority)), authority)
    assert some.moved == every.moved
    assert some.lineage == every.lineage
    assert some.former == every.former
    assert some.problems == every.problems
    assert some.unmet == every.unmet
    snapshot = Snapshot(opened.segments, some, name_table=opened.table)
    for kind in KINDS:
        values = snapshot.values[kind]
        ordered = [(alphabetical(values.labels[n]), values.keys[n]) for n in range(len(values.keys))]
        assert ordered == sorted(ordered)
        for view in snapshot.views:
            column = view.facets[kind]
            for name, number in zip(column.column.values, column.meanings.tolist(), strict=True):
                meant, entity = every.meanings[name]
                assert (number >= 0) == (meant == kind)
                if number >= 0:
                    assert values.keys[number] == entity
                    assert values.numbers[entity] == number
                    label = every.labels[kind].get(entity)
                    assert label is None or values.labels[number] == label
                    assert values.called(values.labels[number].upper()) is not None


def test_an_index_without_a_roll_is_read_with_the_names_of_the_store(opened: Opened) -> None:
    made = name_table_of(opened.segments, opened.rows)
    assert list(made.keys) == list(opened.table.keys)
    assert list(made.rows(range(len(made.keys)))) == list(opened.table.rows(range(len(made.keys))))


@settings(max_examples=60, deadline=None)
@example(CHAIN, "вт")
@given(st.lists(LINE, max_size=4).map(tuple), st.sampled_from(("пет", "ив пет", "вт", "ок кр", "т", "ин", "я", "иной")))
def test_a_value_is_found_by_each_of_its_names(opened: Opened, lines: tuple[AuthorityLine, ...], typed: str) -> None:
    authority, starts = Authority(lines), typed.split()
    who = corrected_names(opened.table.rows(names_in_scope(opened.table, authority)), authority)
    snapshot = Snapshot(opened.segments, who, name_table=opened.table)
    for kind in KINDS:
        values, columns = snapshot.values[kind], [view.facets[kind] for view in snapshot.views]
        names = {number: {label} for number, label in enumerate(values.labels)}
        for column in columns:
            for key, label, number in zip(column.column.values, column.column.labels, column.meanings, strict=True):
                meant = {
                    values.numbers[split.entity] for split in who.splits if key in split.names and split.kind == kind
                }
                for one in meant | ({int(number)} - {-1}):
                    names[one].add(label)
        for entity, texts in who.written.items():
            if entity in values.numbers:
                names[values.numbers[entity]].update(texts)
        expected = {number for number, labels in names.items() if any(may_mean(starts, label) for label in labels)}
        alive = {number for column in columns for number in column.codes.tolist()}
        found = snapshot.meanings.called(kind, starts)
        assert all(may_mean(starts, label) for label in found.values())
        assert found.keys() & alive == expected & alive
