"""Index documents in, one segment out: sorted once as arrays and written in bulk.

A token type is a form with the lemmas that a mention adds to it there. The stream holds type numbers; postings of forms
and lemmas, and which types a lemma has, are worked out from the stream and the table of types. Types are numbered in
the order of their forms, so that the types of a form, or of a prefix, are one range; type 0 is a paragraph's end.
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage

from archive.durable import sync
from indexer.arrays import Array, narrow, offsets, squeezed, string_arrays, write_arrays
from indexer.codec import ArrayCodec, Inverted, encode
from indexer.document import IndexDocument
from indexer.lemmas import lemmas
from indexer.schema import ARRAYS, NAME, schema

Type = tuple[str, tuple[str, ...]]  # form, extra lemmas
BOUNDARY: Type = ("", ())
T = TypeVar("T")

DOC_BITS, FREQ_BITS = 20, 16  # of a 64-bit sort key; the rest is a term's number
MAX_DOCUMENTS = 1 << DOC_BITS


class Codes(dict[T, int]):
    """Numbers values in the order they are first asked for."""

    def __missing__(self, value: T) -> int:
        code = self[value] = len(self)
        return code


class ColumnDraft:
    """A multi-valued column in the making: the codes of every document, the values and a label for each."""

    def __init__(self) -> None:
        self._labels: dict[str, str] = {}
        self._codes: Codes[str] = Codes()
        self._flat = array("i")
        self._counts = array("i")

    def add(self, values: Mapping[str, str]) -> None:
        """The values of the next document, each with its label."""
        self._flat.extend(map(self._codes.__getitem__, values))
        self._counts.append(len(values))
        for value, label in values.items():
            self._labels.setdefault(value, label)

    def arrays(self, name: str) -> dict[str, Array]:
        """Offsets by document, codes, sorted values and their labels."""
        values = sorted(self._labels)
        counts = np.frombuffer(self._counts, np.int32)
        codes = rank(self._codes, values)[np.frombuffer(self._flat, np.int32)]
        rows = np.repeat(np.arange(len(counts), dtype=np.int64) << 32, counts)
        codes = (np.sort(rows | codes) - rows).astype(np.int32)  # ascending in each document
        return {
            name + ".offsets": offsets(counts),
            name + ".codes": codes,
            **string_arrays(name + ".values", values),
            **string_arrays(name + ".labels", [self._labels[value] for value in values]),
        }


class SegmentDraft:
    """Collects documents in memory (about 4 bytes a token) until they are written as one segment."""

    def __init__(self) -> None:
        self._types: Codes[str | Type] = Codes()
        self._stream = array("I")
        self._sizes = array("i")
        self._rows: list[tuple[int, int, int, int]] = []  # id, version, day, minute
        self._columns = {name: ColumnDraft() for name in ("name", "source", "rubric", "author")}

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def tokens(self) -> int:
        """Tokens taken so far."""
        return len(self._stream)

    def add(self, document: IndexDocument) -> None:
        """Takes one document; its number in the segment is how many were before it."""
        words: list[str | Type] = list(document.forms)
        for position, extra in document.extra.items():
            words[position] = (document.forms[position], extra)
        self._stream.extend(map(self._types.__getitem__, words))
        self._sizes.append(len(words))
        self._rows.append((document.id, document.version, document.day, document.minute))
        self._columns["name"].add(document.names)
        for name, value in (("source", document.source), ("rubric", document.rubric), ("author", document.author)):
            self._columns[name].add({value: value} if value else {})

    def write(self, folder: Path) -> Any:
        """Writes the segment's files, synced, and returns Whoosh's segment object for the next commit."""
        if len(self) > MAX_DOCUMENTS:
            raise ValueError(f"{len(self)} documents in a segment")
        types, ranks = self._sorted_types()
        stream = ranks[np.frombuffer(self._stream, np.uint32)]
        sizes = np.frombuffer(self._sizes, np.int32)
        vocabulary = Vocabulary(types)
        docs = np.repeat(np.arange(len(self), dtype=np.uint32), sizes)
        lengths = np.bincount(docs[stream != 0], minlength=len(self)).astype(np.int32)
        places, place_offsets = inverse(stream, len(types))
        arrays = self._row_arrays() | {"lengths": lengths, "stream": stream, "stream.offsets": offsets(sizes)}
        arrays |= vocabulary.arrays() | {"type.places": squeezed(places), "type.places.offsets": place_offsets}
        words = places[place_offsets[1] :]
        for name, inverted in vocabulary.invert(*count_pairs(stream[words], docs[words])):
            arrays |= posting_arrays(name, inverted)
        for name, column in self._columns.items():
            arrays |= column.arrays(name)

        storage, codec = FileStorage(str(folder)), ArrayCodec()
        segment = codec.new_segment(storage, NAME)
        self._write_documents(codec.per_document_writer(storage, segment), lengths.tolist())
        segment.set_doc_count(len(self))
        for file in segment.list_files(storage):
            sync(folder / file)
        write_arrays(folder / segment.make_filename(ARRAYS), arrays)
        return segment

    def _sorted_types(self) -> tuple[list[Type], NDArray[np.uint32]]:
        codes = {(key, ()) if isinstance(key, str) else key: code for key, code in self._types.items()}
        types = sorted(codes.keys() | {BOUNDARY})
        ranks = np.zeros(len(codes), np.uint32)
        for place, kind in enumerate(types):
            if kind in codes:
                ranks[codes[kind]] = place
        return types, ranks

    def _row_arrays(self) -> dict[str, Array]:
        ids, versions, days, minutes = zip(*self._rows, strict=True) if self._rows else ((), (), (), ())
        return {
            "ids": np.array(ids, np.int64),
            "versions": np.array(versions, np.int32),
            "days": np.array(days, np.int32),
            "minutes": np.array(minutes, np.int64),
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
    """The forms and lemmas of sorted token types."""

    def __init__(self, types: Sequence[Type]) -> None:
        self.forms = sorted({form for form, _ in types})  # the first is "", of type 0
        places = {form: place for place, form in enumerate(self.forms)}
        self.type_forms = np.fromiter((places[form] for form, _ in types), np.uint32, len(types))
        codes: Codes[str] = Codes()
        flat, counts = array("I"), array("i")
        for form, extra in types:
            found = (*lemmas(form), *extra) if form else ()
            flat.extend(map(codes.__getitem__, found))
            counts.append(len(found))
        self.lemmas = sorted(codes)
        self.type_offsets = offsets(np.frombuffer(counts, np.int32))
        self.type_lemmas = rank(codes, self.lemmas)[np.frombuffer(flat, np.uint32)]

    def arrays(self) -> dict[str, Array]:
        """String tables, the form of each type, the types of each lemma."""
        order = np.argsort(self.type_lemmas, kind="stable")
        types = np.repeat(np.arange(len(self.type_forms), dtype=np.uint32), np.diff(self.type_offsets))
        return {
            "type.forms": self.type_forms,
            "lemma.types": types[order],
            "lemma.types.offsets": offsets(np.bincount(self.type_lemmas, minlength=len(self.lemmas))),
            **string_arrays("form", self.forms),
            **string_arrays("lemma", self.lemmas),
        }

    def invert(
        self, types: NDArray[np.uint32], docs: NDArray[np.uint32], freqs: NDArray[np.uint32]
    ) -> Iterator[tuple[str, Inverted]]:
        """Field by field: its name, the postings of its terms; from (type, document, frequency) triples."""
        yield "form", invert(self.type_forms[types], docs, freqs, len(self.forms))
        counts = np.diff(self.type_offsets)[types]
        firsts = np.repeat(self.type_offsets[types] - np.cumsum(counts) + counts, counts)
        found = self.type_lemmas[firsts + np.arange(len(firsts))]
        yield "lemma", invert(found, np.repeat(docs, counts), np.repeat(freqs, counts), len(self.lemmas))


def inverse(stream: NDArray[np.uint32], size: int) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Places in the stream by token type, ascending in each, and where each type's begin."""
    keys = stream.astype(np.uint64) << np.uint64(32) | np.arange(len(stream), dtype=np.uint64)
    keys.sort()
    return keys.astype(np.uint32), offsets(np.bincount(stream, minlength=size))


def count_pairs(
    types: NDArray[np.uint32], docs: NDArray[np.uint32]
) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint32]]:
    """Each (type, document) of a sorted sequence once, with how often it stands there."""
    starts = np.flatnonzero(np.diff(types, prepend=types[:1] + 1).astype(np.bool_) | (np.diff(docs, prepend=0) != 0))
    return types[starts], docs[starts], np.diff(starts, append=len(types)).astype(np.uint32)


def invert(terms: Array, docs: NDArray[np.uint32], freqs: NDArray[np.uint32], size: int) -> Inverted:
    """Postings of `size` terms from triples in any order; frequencies of equal (term, document) are summed."""
    freqs = np.minimum(freqs, (1 << FREQ_BITS) - 1)
    keys = terms.astype(np.uint64) << np.uint64(DOC_BITS + FREQ_BITS) | docs.astype(np.uint64) << np.uint64(FREQ_BITS)
    keys |= freqs
    keys.sort()
    freqs = (keys & np.uint64((1 << FREQ_BITS) - 1)).astype(np.uint32)
    keys >>= np.uint64(FREQ_BITS)
    starts = run_starts(keys)
    keys = keys[starts]
    return Inverted(
        starts=np.searchsorted(keys >> np.uint64(DOC_BITS), np.arange(size + 1, dtype=np.uint64)),
        docs=(keys & np.uint64(MAX_DOCUMENTS - 1)).astype(np.uint32),
        freqs=np.add.reduceat(freqs, starts, dtype=np.uint32) if len(starts) else freqs,
    )


def posting_arrays(name: str, inverted: Inverted) -> dict[str, Array]:
    """A field's posting lists, where each begins and how many articles it holds."""
    lists, places = encode(inverted)
    return {
        name + ".counts": np.diff(inverted.starts).astype(np.uint32),
        name + ".places": narrow(places),
        name + ".postings": lists,
    }


def run_starts(values: Array) -> NDArray[np.int64]:
    """Where each run of equal values of a sorted array begins."""
    return np.flatnonzero(np.diff(values, prepend=values[:1] + 1)) if len(values) else np.empty(0, np.int64)


def rank(codes: Mapping[str, int], ordered: Sequence[str]) -> NDArray[np.int32]:
    """For each code, the place of its value in `ordered`."""
    ranks = np.empty(len(ordered), np.int32)
    ranks[np.fromiter(map(codes.__getitem__, ordered), np.int64, len(ordered))] = np.arange(
        len(ordered), dtype=np.int32
    )
    return ranks
