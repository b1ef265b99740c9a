"""The index against brute force after every change; what fails leaves it whole; what is torn is found and rebuilt."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.index import open_dir
from whoosh.query import And, Not, Or, Prefix, Term

from archive.article import Article, Published, StoredArticle
from archive.fields import COLUMN_FIELDS
from archive.store.store import Store
from indexer.annotation import Annotation, Mention, encode
from indexer.index import build, segment_writer
from indexer.index import verify as check
from indexer.index.document import IndexDocument, index_document
from indexer.index.generations import current, generations
from indexer.index.token_marks import CAPITAL, NUMBER_SIGN, PERCENT, SENTENCE
from indexer.name_key import PersonKey
from indexer.pipeline import ANNOTATOR
from indexer.storage.arrays import TornIndex
from indexer.text.lemmas import lemmas
from search.local.segments.segment import Segment, index_token, open_segments
from search.local.segments.stream_marks import BitMark, PlaceMark

WORDS = ("Завод", "стали", "сталь", "Мантурову", "Мантурова", "и", "530,5", "—", "5%", "№ 5", ". Да")
DATES = (Published(), Published(dt.date(2020, 1, 2)), Published(dt.date(2021, 3, 4), dt.time(5, 6)))
PARAGRAPH = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
ARTICLE = st.builds(
    Article,
    path=st.sampled_from("абвгдежз"),
    paragraphs=st.lists(PARAGRAPH, min_size=1, max_size=3).map(tuple),
    title=st.one_of(st.none(), PARAGRAPH),
    published=st.sampled_from(DATES),
    source=st.sampled_from([None, "Вести", "Правда"]),
    rubric=st.sampled_from([None, "Спорт"]),
    author=st.sampled_from([None, "А. Петрова"]),
    persons=st.sampled_from([(), ("Андрей Бочаров",)]),
)
BIT_MARKS: dict[BitMark, int] = {"capital": CAPITAL, "sentence": SENTENCE}
PLACE_MARKS: dict[PlaceMark, int] = {"percent": PERCENT, "number_sign": NUMBER_SIGN}
MANTUROV = PersonKey("мантуров", "", "", "m")
STEP = st.one_of(
    st.lists(ARTICLE, min_size=1, max_size=6),
    st.frozensets(st.integers(1, 9), min_size=1, max_size=3),  # ids to remove
    st.just("rebuild"),
)


def annotation(text: str) -> Annotation:
    """As an annotator would: «Мантурову» and «Мантурова» name Мантуров."""
    found = [
        Mention(start, start + 9, "person", text[start : start + 9], "Мантуров", MANTUROV, "Мантуров")
        for start in range(len(text))
        if text[start : start + 9] in ("Мантурову", "Мантурова")
    ]
    return Annotation(tuple(found))


def add(store: Store, articles: Sequence[Article]) -> None:
    batch = store.begin_batch("партия", "партия")
    store.stage(batch, articles)
    known = {digest: encode(annotation(text)) for digest, text in store.unannotated(ANNOTATOR)}
    store.save_annotations(ANNOTATOR, known)
    store.publish_batch(batch)


def live(store: Store) -> dict[int, StoredArticle]:
    pairs = [(change.id, change.version) for change in store.changes(0) if not change.removed]
    return {stored.id: stored for stored in store.articles(pairs).values()}


def documents(store: Store) -> dict[int, IndexDocument]:
    return {id: index_document(stored, annotation(stored.article.text)) for id, stored in live(store).items()}


def of_lemmas(document: IndexDocument) -> Counter[str]:
    """How many positions of the document each lemma stands at."""
    return Counter(
        lemma
        for position, form in enumerate(document.forms)
        if form
        for lemma in {*lemmas(form), *document.extra.get(position, ())}
    )


def numbers(segment: Segment) -> Iterator[int]:
    return (n for n in range(segment.size) if segment.live is None or segment.live[n])


def postings(segments: Sequence[Segment], field: str, term: str) -> dict[int, int]:
    found = {}
    for segment in segments:
        listed = segment.postings(field, term)  # type: ignore[arg-type]
        freqs = dict(zip(listed.docs.tolist(), listed.freqs.tolist(), strict=True))
        assert list(freqs) == sorted(freqs)
        found |= {int(segment.ids[n]): freqs[n] for n in numbers(segment) if n in freqs}
    return found


def agree(store: Store, index: Path) -> None:
    """Everything a reader sees of the index equals a brute-force inversion of the store."""
    expected = documents(store)
    segments = open_segments(index)
    found = [(segment, n) for segment in segments for n in numbers(segment)]
    assert sorted(int(segment.ids[n]) for segment, n in found) == sorted(expected)
    assert sum(segment.live_count for segment in segments) == len(expected)
    for segment, n in found:
        document = expected[int(segment.ids[n])]
        assert int(segment.versions[n]) == document.version
        assert (int(segment.days[n]), int(segment.minutes[n])) == (document.day, document.minute)
        assert int(segment.lengths[n]) == sum(form != "" for form in document.forms)
        stream = segment.stream[segment.stream_offsets[n] : segment.stream_offsets[n + 1]].tolist()
        assert len(stream) == len(document.forms)
        for form in {*document.forms}:
            types = set(segment.types_with_form(form).tolist())
            assert [kind in types for kind in stream] == [form == other for other in document.forms]
            assert (types == {0}) == (form == "")
        for lemma in of_lemmas(document):
            types = set(segment.types_with_lemmas([lemma]).tolist())
            assert [kind in types for kind in stream] == [
                form != "" and lemma in (*lemmas(form), *document.extra.get(position, ()))
                for position, form in enumerate(document.forms)
            ]
        places = np.arange(*segment.stream_offsets[n : n + 2].tolist())
        marks = np.frombuffer(bytes(document.marks), np.uint8)
        for mark, bit in BIT_MARKS.items():
            assert segment.marks.bits(mark, places).tolist() == (marks & bit > 0).tolist()
        for mark, bit in PLACE_MARKS.items():
            assert segment.marks.having(mark, places).tolist() == (marks & bit > 0).tolist()
        assert int(segment.titles[n]) == document.title
        types = set(segment.types_with_prefix("ст").tolist())
        assert [kind in types for kind in stream] == [form.startswith("ст") for form in document.forms]
        for name, values in (
            ("name", sorted(document.names)),
            *((field.name, sorted(document.fields.get(field.name, ()))) for field in COLUMN_FIELDS),
        ):
            column = segment.column(name)
            codes = column.codes[column.offsets[n] : column.offsets[n + 1]].tolist()
            assert [column.values[code] for code in codes] == values
            if name == "name":
                assert [column.labels[code] for code in codes] == [document.names[key] for key in values]
    inverted: dict[str, dict[str, dict[int, int]]] = {"form": {}, "lemma": {}}
    for id, document in expected.items():
        for form, count in Counter(form for form in document.forms if form).items():
            inverted["form"].setdefault(form, {})[id] = count
        for lemma, count in of_lemmas(document).items():
            inverted["lemma"].setdefault(lemma, {})[id] = count
    for field, terms in inverted.items():
        for term, counts in terms.items():
            assert postings(segments, field, term) == counts
        assert postings(segments, field, "нет такого") == {}
        seen = {term for segment in segments for term in segment.terms_with_prefix(field, "", 99)}  # type: ignore[arg-type]
        assert terms.keys() <= seen


@settings(max_examples=12, deadline=None)
@given(st.lists(STEP, min_size=1, max_size=7), st.integers(1, 6))
def test_the_index_equals_brute_force_after_every_change(steps: list[object], size: int) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(segment_writer, "SEGMENT_ARTICLES", size)
        patch.setattr(build, "MERGED_ARTICLES", size + 1)
        index = Path(folder) / "index"
        with Store(Path(folder) / "archive.sqlite", write=True) as store:
            for step in steps:
                if isinstance(step, list):
                    add(store, step)
                elif isinstance(step, frozenset):
                    store.remove(step)
                report = build.rebuild(store, index) if step == "rebuild" else build.update(store, index)
                assert check.check(store, index) == ()
                assert report.articles == len(live(store))
                assert report.segments == len(open_segments(index))
                agree(store, index)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "archive.sqlite", write=True)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def articles(*texts: str) -> list[Article]:
    return [Article(text, (text,)) for text in texts]


def seen(index: Path) -> list[int]:
    return sorted(int(segment.ids[n]) for segment in open_segments(index) for n in numbers(segment))


def test_many_articles_are_written_by_several_processes(
    store: Store, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segment_writer, "ARTICLES_WORTH_PROCESSES", 3)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    add(store, articles("Сталь варили.", "Завод стал.", "Волга и завод", "Цех"))
    done: list[tuple[int, int]] = []
    report = build.rebuild(store, index, lambda *progress: done.append(progress))
    assert (report.articles, report.segments, done) == (4, 2, [(2, 4), (4, 4)])
    assert check.check(store, index) == ()
    assert postings(open_segments(index), "lemma", "завод").keys() == {2, 3}


def stock(index: Path, query: object) -> set[int]:
    folder = current(index)
    assert folder
    with open_dir(str(folder)).searcher() as searcher:
        return {hit["id"] for hit in searcher.search(query, limit=None)}


def test_stock_whoosh_counts_the_same(store: Store, index: Path) -> None:
    add(store, articles("Сталь варили.", "Стали встали.", "Завод стал.", "Волга и завод"))
    build.update(store, index)
    add(store, [*articles("Мантурову завод показали.", "Завод, завод, завод"), *articles("Стали встали.")])
    store.remove([3])
    build.update(store, index)
    segments = open_segments(index)
    for field in ("form", "lemma"):
        terms = {term for segment in segments for term in segment.terms_with_prefix(field, "", 99) if term}
        assert terms
        for term in terms:
            assert stock(index, Term(field, term)) == postings(segments, field, term).keys()
    plant, steel, become = (postings(segments, "lemma", term).keys() for term in ("завод", "сталь", "стать"))
    assert stock(index, And([Term("lemma", "завод"), Not(Term("lemma", "волга"))])) == plant - {4}
    assert stock(index, Or([Term("lemma", "сталь"), Term("lemma", "стать")])) == steel | become
    assert stock(index, Prefix("form", "стал")) == {1, 2}
    with open_dir(str(current(index))).searcher() as searcher:
        assert searcher.reader().doc_frequency("lemma", "завод") == len(plant)
        assert searcher.search(Term("lemma", "завод"))[0]["id"] == 6  # three times in three words


def test_nothing_to_do_is_not_done(store: Store, index: Path) -> None:
    assert check.check(store, index) == ()
    assert open_segments(index) == ()
    assert index_token(index) is None
    build.update(store, index)
    add(store, articles("Завод"))
    assert check.check(store, index) == (
        "индекс отстаёт от архива: правка 0 из 1",
        "в индексе нет статей: 1 (1)",
    )
    build.update(store, index)
    token = index_token(index)
    assert build.update(store, index).written == 0
    assert index_token(index) == token


def test_a_new_batch_shows_in_the_token_and_old_snapshots_stay(store: Store, index: Path) -> None:
    add(store, articles("Завод", "Сталь"))
    build.update(store, index)
    token, before = index_token(index), open_segments(index)
    add(store, articles("Волга"))
    store.remove([1])
    build.update(store, index)
    assert index_token(index) != token
    assert seen(index) == [2, 3]
    build.rebuild(store, index)
    build.rebuild(store, index)
    assert len(generations(index)) == 2
    assert postings(before, "lemma", "завод") == {1: 1}
    assert sorted(int(id) for segment in before for id in segment.ids) == [1, 2]


def test_few_segments_after_many_batches(store: Store, index: Path) -> None:
    for n in range(12):
        add(store, articles(f"Завод {n}"))
        build.update(store, index)
    assert len(open_segments(index)) <= 4
    assert seen(index) == list(range(1, 13))


def test_names_become_entities(store: Store, index: Path) -> None:
    add(store, [*articles("Слово Мантурову", "Дело Мантурова"), Article("д", ("Дом",), persons=("Андрей Бочаров",))])
    build.update(store, index)
    names = list(store.names())
    assert [(key, kind) for key, _, kind, _ in names] == [
        ("p:бочаров|андрей||m", "person"),
        ("p:мантуров|||m", "person"),
    ]
    assert names[0][3] == "Андрей Бочаров"
    build.rebuild(store, index)
    assert list(store.names()) == names


def test_missing_annotations_are_made_and_kept(store: Store, index: Path) -> None:
    batch = store.begin_batch("партия", "партия")
    store.stage(batch, articles("Губернатор Андрей Бочаров приехал на завод «Красный Октябрь» во вторник."))
    store.publish_batch(batch)
    build.update(store, index)
    assert list(store.unannotated(ANNOTATOR)) == []
    [segment] = open_segments(index)
    assert "p:бочаров|андрей||m" in list(segment.column("name").values)


class Failure(Exception):
    pass


def failing(*_: object, **__: object) -> None:
    raise Failure


@pytest.mark.parametrize(
    "place",
    [
        "indexer.index.build.changed_articles",
        "indexer.index.segment_writer.index_document",
        "indexer.storage.inversion.encode",
        "indexer.index.segment_draft.write_arrays",
        "indexer.storage.arrays.os.fsync",
        "indexer.index.build.next_name_table",
        "indexer.index.build.size_and_checksum",
        "indexer.index.build.write_manifest",
        "whoosh.index.TOC.write",
        "whoosh.filedb.filestore.os.rename",
    ],
)
def test_what_fails_before_the_commit_leaves_the_index_as_it_was(store: Store, index: Path, place: str) -> None:
    add(store, articles("Завод", "Сталь"))
    build.update(store, index)
    token = index_token(index)
    add(store, articles("Волга"))
    store.remove([1])
    for action in (build.update, build.rebuild):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(place, failing)
            with pytest.raises(Failure):
                action(store, index)
        assert index_token(index) == token
        assert seen(index) == [1, 2]
        assert len(generations(index)) == 1
    build.update(store, index)
    assert seen(index) == [2, 3]
    assert check.check(store, index) == ()
    folder = current(index)
    assert folder
    leftovers = {path.suffix for path in folder.iterdir()} - {".toc", ".json", ".arrays", ".names", ".col", ""}
    assert not leftovers
    assert len(list(folder.glob("*.json"))) == len(list(folder.glob("*.names"))) == 1


def test_two_builds_at_once_are_told(store: Store, index: Path) -> None:
    add(store, articles("Завод"))
    build.update(store, index)
    other = open_dir(str(current(index))).writer()
    add(store, articles("Сталь"))
    with pytest.raises(segment_writer.BuildError, match="уже обновляется"):
        build.update(store, index)
    other.cancel()
    assert build.update(store, index).articles == 2


def only(folder: Path, pattern: str) -> Path:
    [path] = folder.glob(pattern)
    return path


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-1] ^= 255
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda folder: only(folder, "*.arrays").write_bytes(b""), "обрезан"),
        (lambda folder: only(folder, "*.arrays").write_bytes(only(folder, "*.arrays").read_bytes()[:-64]), "обрезан"),
        (lambda folder: only(folder, "*.arrays").unlink(), "недостаёт"),
        (lambda folder: only(folder, "*.json").unlink(), "недостаёт"),
        (lambda folder: only(folder, "*.json").write_text("{"), "опись"),
        (lambda folder: only(folder, "*.json").write_text("{}"), "опись"),
        (lambda folder: only(folder, "*.json").write_text('{"layout": 0}'), "версии"),
        (lambda folder: only(folder, "*.toc").write_bytes(b""), "список сегментов"),
        (
            lambda folder: only(folder, "*.toc").write_bytes(only(folder, "*.toc").read_bytes()[:-20]),
            "список сегментов",
        ),
        (lambda folder: only(folder, "*.toc").unlink(), "недостаёт"),
    ],
)
def test_a_torn_index_is_refused_reported_and_rebuilt(
    store: Store, index: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[Path], object], said: str
) -> None:
    monkeypatch.setattr("search.local.segments.segment.OPENING_TRIES", 2)
    add(store, articles("Завод", "Сталь"))
    build.update(store, index)
    folder = current(index)
    assert folder
    damage(folder)
    with pytest.raises(TornIndex, match=said):
        open_segments(index)
    assert any(said in sentence or "повреждён" in sentence for sentence in check.check(store, index))
    assert build.update(store, index).rebuilt
    assert check.check(store, index) == ()
    assert seen(index) == [1, 2]


def test_a_changed_byte_is_reported(store: Store, index: Path) -> None:
    add(store, articles("Завод", "Сталь"))
    build.update(store, index)
    folder = current(index)
    assert folder
    flip(only(folder, "*.arrays"))
    [sentence] = check.check(store, index)
    assert sentence.endswith(".arrays повреждён")


def test_a_pointer_to_nowhere_is_no_end(store: Store, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.local.segments.segment.OPENING_TRIES", 2)
    add(store, articles("Завод"))
    build.update(store, index)
    (index / "current").write_text("gen-7")
    with pytest.raises(TornIndex):
        open_segments(index)
    assert index_token(index) is None
    assert build.update(store, index).articles == 1
    assert seen(index) == [1]


def test_check_names_what_differs(store: Store, index: Path) -> None:
    add(store, articles("Завод", "Сталь"))
    build.update(store, index)
    store.remove([1])
    add(store, [replace(articles("Сталь")[0], paragraphs=("Чугун",)), *articles("Волга")])
    assert check.check(store, index) == (
        "индекс отстаёт от архива: правка 1 из 3",
        "в индексе нет статей: 2 (2, 3)",
        "в индексе лишние статьи: 2 (1, 2)",
    )


def test_a_frequency_beyond_the_largest_is_cut(store: Store, index: Path) -> None:
    add(store, articles("завод " * 70_000))
    build.update(store, index)
    [segment] = open_segments(index)
    assert segment.postings("form", "завод").freqs.tolist() == [65_535]
    assert segment.lengths.tolist() == [70_000]
