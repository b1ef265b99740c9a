"""Indexes an invented archive with this engine and answers the requests with it."""

import datetime as dt
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from whoosh.index import TOC, FileIndex

from benchmarks.invented.corpus import Corpus
from benchmarks.invented.requests import Answer, Asked, Counts
from indexer.annotation import KINDS
from indexer.authority.corrections import CorrectedNames
from indexer.entities.resolution import Entity, NameCount
from indexer.index.build import segment_files
from indexer.index.document import MINUTES_A_DAY, IndexDocument
from indexer.index.generations import Manifest, new_generation, publish, size_and_checksum, write_manifest
from indexer.index.schema import INDEX_NAME, DurableStorage, schema
from indexer.index.segment_writer import write_segments
from indexer.index.segments import OpenSegment, open_segments
from indexer.index.whoosh_codec import ArrayCodec
from indexer.name_key import BodyKey, PersonKey, name_key
from indexer.pipeline import ANNOTATOR
from indexer.registry.name_table import NO_NAMES, write_name_table
from indexer.registry.update import updated
from indexer.storage.arrays import Array
from search.facets.facets import date_facet, value_facet
from search.local.collector.evaluate import Evaluation
from search.local.snapshot.name_meanings import open_index
from search.local.snapshot.snapshot import Snapshot
from search.query.parser import read
from search.request import SearchRequest
from search.result import Facet

TOP, VALUES = 10, 20


def build(corpus: Corpus, index: Path) -> None:
    """Publishes an index of the whole archive."""
    shutil.rmtree(index, ignore_errors=True)
    folder = new_generation(index)
    storage = DurableStorage(str(folder))
    TOC.create(storage, schema(), INDEX_NAME)
    writer = FileIndex(storage, indexname=INDEX_NAME).writer(codec=ArrayCodec())
    segments = list(write_segments(folder, documents(corpus), corpus.size))
    table = write_name_table(folder, writer.generation, who_is_who(open_segments(folder, segments)))
    names = (name for segment in segments for name in segment_files(folder, segment))
    files = {name: size_and_checksum(folder / name) for name in (*names, table)}
    write_manifest(folder, writer.generation, Manifest(1, ANNOTATOR, files))
    writer.commit(mergetype=lambda _writer, _segments: segments)
    publish(folder)


def who_is_who(parts: Sequence[OpenSegment]) -> dict[str, Array]:
    """A table in which every name stands for itself."""

    def themselves(names: Sequence[NameCount]) -> list[Entity]:
        return [Entity(name.key.text, name.key.kind, name.label, (name.key,)) for name in names]

    return updated(NO_NAMES, [part.names() for part in parts], themselves)


def person_key(number: int) -> str:
    """The key, as stored, of an invented person."""
    return PersonKey(str(number), "", "", "").text


def number_of(key: str) -> int:
    """The number of the one whose key this is."""
    named = name_key(key)
    return int(named.surname if isinstance(named, PersonKey) else named.name)


def documents(corpus: Corpus) -> Iterator[IndexDocument]:
    """The archive's articles as the index takes them."""
    words = corpus.words.forms
    for block in corpus.blocks():
        forms = [words[form] for form in block.forms.tolist()]
        persons = [(person_key(number), f"Персона {number}") for number in block.persons.tolist()]
        plants = [(BodyKey("enterprise", str(number)).text, f"Завод {number}") for number in block.enterprises.tolist()]
        for i, day in enumerate(block.days.tolist()):
            names = persons[block.person_offsets[i] : block.person_offsets[i + 1]]
            names += plants[block.enterprise_offsets[i] : block.enterprise_offsets[i + 1]]
            yield IndexDocument(
                id=block.first + i + 1,
                version=1,
                day=day,
                minute=day * MINUTES_A_DAY,
                forms=tuple(forms[block.form_offsets[i] : block.form_offsets[i + 1]]),
                extra={},
                names=dict(names),
                fields={},
            )


def request(asked: Asked) -> SearchRequest:
    """The same request as a reader would make it."""
    parts = [*asked.every, *(f"-{word}" for word in asked.none)]
    parts += [" ИЛИ ".join(asked.any)] if asked.any else []
    parts += [f'"{" ".join(asked.row)}"'] if asked.row else []
    parts += [f"!{asked.form}"] if asked.form else []
    parts += [f"{asked.prefix}*"] if asked.prefix else []
    first, last = map(dt.date.fromordinal, asked.days) if asked.days else (None, None)
    return SearchRequest(
        " ".join(parts),
        chosen={} if asked.person is None else {"person": (person_key(asked.person),)},
        date_from=first,
        date_to=last,
        date_step="month",
        sort="newest" if asked.newest else None,
        reprints=True,  # the other engines fold nothing
        size=TOP,
        facet_size=VALUES,
    )


def page(snapshot: Snapshot, wanted: SearchRequest) -> tuple[int, tuple[Facet, Facet, Facet]]:
    """The total and the facets of one page; its ten best are found too."""
    found = Evaluation(snapshot, read(wanted.text).tree, wanted)
    found.page(0, wanted.size)
    persons, enterprises = (value_facet(name, found.values(name), wanted) for name in ("person", "enterprise"))
    return found.total, (persons, enterprises, date_facet(found.dates(), wanted))


class Ours:
    """A snapshot of the index, asked without excerpts."""

    def __init__(self, index: Path) -> None:
        segments, table = open_index(index, ())
        self._snapshot = Snapshot(segments, CorrectedNames({}, {kind: {} for kind in KINDS}), name_table=table)

    def page(self, wanted: SearchRequest) -> tuple[int, tuple[Facet, Facet, Facet]]:
        """As the function does."""
        return page(self._snapshot, wanted)


def answer(total: int, persons: Facet, enterprises: Facet, dates: Facet) -> Answer:
    """What was found as it is compared."""
    months = [(12 * int(value.key[:4]) + int(value.key[5:7]) - 1, value.count) for value in dates.values if value.count]
    return Answer(total, numbered(persons), numbered(enterprises), tuple(months))


def numbered(facet: Facet) -> Counts:
    """Values by their numbers in the corpus."""
    found = [(number_of(value.key), value.count) for value in facet.values if value.key[1:2] == ":" and value.count]
    return tuple(sorted(found, key=lambda item: (-item[1], item[0])))[:VALUES]
