"""Gathers index documents in memory and writes them as one segment: sorted once as arrays, in bulk.

A token type is a form with the lemmas that a mention adds to it there. The stream holds type numbers; postings of forms
and lemmas, and which types a lemma has, are worked out from the stream and the table of types. Types are numbered in
the order of their forms, so that the types of a form, or of a prefix, are one range; type 0 is a paragraph's end.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage

from archive.disk.atomic import sync
from indexer.index.document import IndexDocument
from indexer.index.schema import ARRAYS_EXTENSION, COLUMNS, INDEX_NAME, schema
from indexer.index.token_marks import CAPITAL, NUMBER_SIGN, PERCENT, SENTENCE
from indexer.index.whoosh_codec import ArrayCodec
from indexer.storage.arrays import Array, narrow, offsets, squeezed_arrays, string_arrays, write_arrays
from indexer.storage.inversion import MAX_DOCUMENTS, Lists, document_counts, inverse, posting_arrays, replace
from indexer.text.lemmas import lemmas

TokenType = tuple[str, tuple[str, ...]]  # form, extra lemmas
MOST_TITLE_TOKENS = 255  # of a title, that are told
T = TypeVar("T")


class Codes(dict[T, int]):
    """Numbers values in the order they are first asked for."""

    def __missing__(self, value: T) -> int:
        code = self[value] = len(self)
        return code


class ColumnDraft:
    """A multi-valued column in the making: the codes of every document, the values and a label for each."""

    def __init__(self) -> None:
        self._labels: dict[str, Counter[str]] = defaultdict(Counter)
        self._codes: Codes[str] = Codes()
        self._flat = array("i")
        self._counts = array("i")

    def add(self, values: Mapping[str, str]) -> None:
        """The values of the next document, each with its label."""
        self._flat.extend(map(self._codes.__getitem__, values))
        self._counts.append(len(values))
        for value, label in values.items():
            self._labels[value][label] += 1

    def arrays(self, name: str) -> dict[str, Array]:
        """Offsets by document, codes, sorted values and their labels."""
        values = sorted(self._labels)
        counts = np.frombuffer(self._counts, np.int32)
        codes = rank(self._codes, values)[np.frombuffer(self._flat, np.int32)]
        rows = np.repeat(np.arange(len(counts), dtype=np.int64) << 32, counts)
        codes = narrow(np.sort(rows | codes) - rows)  # ascending in each document
        return {
            name + ".offsets": narrow(offsets(counts)),
            name + ".codes": codes,
            **string_arrays(name + ".values", values),
            **string_arrays(name + ".labels", [most_usual(self._labels[value]) for value in values]),
        }


def most_usual(labels: Mapping[str, int]) -> str:
    """The most frequent of the ways in which a value is written, of equals the last by the alphabet: small letters."""
    return max(labels, key=lambda label: (labels[label], label))


class SegmentDraft:
    """Collects documents in memory (about 5 bytes a token) until they are written as one segment."""

    def __init__(self) -> None:
        self._types: Codes[str | TokenType] = Codes({"": 0})
        self._stream = array("I")
        self._sizes = array("i")
        self._marks = bytearray()  # of every token
        self._rows: list[tuple[int, int, int, int, int]] = []  # id, version, day, minute, title
        self._centroids = bytearray()
        self._columns = {name: ColumnDraft() for name in COLUMNS}

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def tokens(self) -> int:
        """Tokens taken so far."""
        return len(self._stream)

    def add(self, document: IndexDocument) -> None:
        """Takes one document; its number in the segment is how many were before it."""
        words: list[str | TokenType] = list(document.forms)
        for position, extra in document.extra.items():
            words[position] = (document.forms[position], extra)
        self._stream.extend(map(self._types.__getitem__, words))
        self._sizes.append(len(words))
        self._marks += document.marks or bytes(len(words))
        self._rows.append((document.id, document.version, document.day, document.minute, document.title))
        self._centroids += document.centroid
        values = {name: {value: value for value in some} for name, some in document.fields.items()}
        for name, column in self._columns.items():
            column.add(document.names if name == "name" else values.get(name, {}))

    def write(self, folder: Path) -> Any:
        """Writes the segment's files, synced, and returns Whoosh's segment object for the next commit; uses the draft
        up."""
        if len(self) > MAX_DOCUMENTS:
            raise ValueError(f"{len(self)} documents in a segment")
        arrays = self._arrays()
        storage, codec = FileStorage(str(folder)), ArrayCodec()
        segment = codec.new_segment(storage, INDEX_NAME)
        self._write_documents(codec.per_document_writer(storage, segment), arrays["lengths"].tolist())
        segment.set_doc_count(len(self))
        for file in segment.list_files(storage):
            sync(folder / file)
        write_arrays(folder / segment.make_filename(ARRAYS_EXTENSION), arrays)
        return segment

    def _arrays(self) -> dict[str, Array]:
        """All that the segment is; what takes 4 bytes a token is let go as soon as it has served."""
        sizes = np.frombuffer(self._sizes, np.int32)
        vocabulary, stream = self._sorted()
        places = inverse(stream, vocabulary.types)
        holders = Lists(places.values.copy(), places.starts)
        replace(holders.values, np.repeat(np.arange(len(self), dtype=np.uint32), sizes))
        ends = np.bincount(holders.values[: places.starts[1]], minlength=len(self))  # of paragraphs
        arrays = self._row_arrays() | vocabulary.arrays()
        arrays |= {
            "lengths": (sizes - ends).astype(np.int32),
            **squeezed_arrays("stream", stream),
            "stream.offsets": offsets(sizes),
            **squeezed_arrays("type.places", places.values),
            "type.places.offsets": narrow(places.starts),
            "form.counts": document_counts(vocabulary.of_forms, holders),
        }
        arrays |= self._mark_arrays()
        self._stream, self._marks = array("I"), bytearray()
        del places, stream
        arrays |= posting_arrays("lemma", vocabulary.of_lemmas, holders)
        for name, column in self._columns.items():
            arrays |= column.arrays(name)
        return arrays

    def _sorted(self) -> tuple["Vocabulary", NDArray[np.uint32]]:
        """The vocabulary, and the stream in its numbers."""
        stream = np.frombuffer(self._stream, np.uint32)
        order = sorted(self._types, key=as_type)
        replace(stream, rank(self._types, order))
        self._types.clear()
        return Vocabulary(map(as_type, order)), stream

    def _mark_arrays(self) -> dict[str, Array]:
        """A bit a token for what many have, the places of the others in the stream."""
        marks = np.frombuffer(self._marks, np.uint8)
        return {
            "marks.capital": np.packbits(marks & CAPITAL),
            "marks.sentence": np.packbits(marks & SENTENCE),
            "marks.percent": np.flatnonzero(marks & PERCENT).astype(np.uint32),
            "marks.number_sign": np.flatnonzero(marks & NUMBER_SIGN).astype(np.uint32),
        }

    def _row_arrays(self) -> dict[str, Array]:
        ids, versions, days, minutes, titles = zip(*self._rows, strict=True) if self._rows else ((), (), (), (), ())
        return {
            "ids": np.array(ids, np.int64),
            "versions": np.array(versions, np.int32),
            "days": np.array(days, np.int32),
            "minutes": np.array(minutes, np.int64),
            "titles": np.minimum(np.array(titles, np.int64), MOST_TITLE_TOKENS).astype(np.uint8),
            "centroids": np.frombuffer(bytes(self._centroids), np.uint8),
        }

    def _write_documents(self, writer: Any, lengths: Sequence[int]) -> None:
        fields = schema()
        for number, (row, length) in enumerate(zip(self._rows, lengths, strict=True)):
            writer.start_doc(number)
            writer.add_field("id", fields["id"], row[0], 0)
            writer.add_field("form", fields["form"], None, length)
            writer.add_field("lemma", fields["lemma"], None, length)
            writer.finish_doc()
        writer.close()


class Vocabulary:
    """The forms and lemmas of token types, which come in their order; `of_forms`, `of_lemmas`: the types of each."""

    def __init__(self, types: Iterable[TokenType]) -> None:
        self.forms: list[str] = []  # sorted as the types are; the first is "", of type 0
        codes: Codes[str] = Codes()
        forms, flat, counts = array("I"), array("I"), array("I")
        for form, extra in types:
            if self.forms[-1:] != [form]:
                self.forms.append(form)
            forms.append(len(self.forms) - 1)
            found = (*form_lemmas(form), *extra) if form else ()
            flat.extend(map(codes.__getitem__, found))
            counts.append(len(found))
        self.types = len(forms)
        self.lemmas = sorted(codes)
        self.type_forms = np.frombuffer(forms, np.uint32)
        words = np.arange(1, self.types, dtype=np.uint32)
        self.of_forms = Lists(words, offsets(np.bincount(self.type_forms[1:], minlength=len(self.forms))))
        places = rank(codes, self.lemmas)[np.frombuffer(flat, np.uint32)]
        firsts = offsets(np.frombuffer(counts, np.uint32))[1:-1]  # those of the boundary are none
        self.likeliest_lemmas = np.append(np.uint32(len(codes)), places[firsts])
        types_of = np.repeat(np.arange(self.types, dtype=np.uint32), np.frombuffer(counts, np.uint32))
        order = np.argsort(places, kind="stable")
        self.of_lemmas = Lists(types_of[order], offsets(np.bincount(places, minlength=len(self.lemmas))))

    def arrays(self) -> dict[str, Array]:
        """String tables, the form and the likeliest lemma of each type, the types of each lemma."""
        return {
            "form.repeated": self.type_forms[1:][self.type_forms[1:] == self.type_forms[:-1]],
            **squeezed_arrays("lemma.types", self.of_lemmas.values),
            "lemma.types.offsets": narrow(self.of_lemmas.starts),
            **squeezed_arrays("type.lemmas", self.likeliest_lemmas),
            **string_arrays("form", self.forms),
            **string_arrays("lemma", self.lemmas),
        }


@lru_cache(1 << 19)  # more than a segment has forms: they are asked for in order, and by the next segment again
def form_lemmas(form: str) -> tuple[str, ...]:
    """The lemmas of a form, kept from segment to segment: to look all up takes longer than the rest of writing one."""
    return lemmas(form)


def as_type(key: str | TokenType) -> TokenType:
    """A token type as the draft numbers it, with its lemmas beside it."""
    return (key, ()) if isinstance(key, str) else key


def rank(codes: Mapping[T, int], ordered: Sequence[T]) -> NDArray[np.uint32]:
    """For each code, the place of its value in `ordered`."""
    ranks = np.empty(len(ordered), np.uint32)
    places = np.fromiter(map(codes.__getitem__, ordered), np.int64, len(ordered))
    ranks[places] = np.arange(len(ordered), dtype=np.uint32)
    return ranks
