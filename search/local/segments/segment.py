"""Opens the segments of a published index as arrays: read-only, mapped, safe for threads.

What is not asked for is not read: opening costs the same at a hundred articles and at a million. Postings are decoded
at the first asking and kept in one cache of the process, bounded in bytes; a segment published before is shared by
the snapshots that follow, so that a new batch does not cool the cache.
"""

import time
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, Literal
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import NDArray

from indexer.index.generations import check_sizes, current, last_commit, read_manifest
from indexer.index.schema import ARRAYS_EXTENSION, COLUMNS, committed_segments
from indexer.index.segments import ArticleVersions, paired_numbers
from indexer.senses.centroids import PACKED_BYTES
from indexer.storage.arrays import ArrayFile, Strings, TornIndex
from indexer.storage.postings import Forms, Lemmas, Postings, Terms, TypePlaces
from search.local.segments.cache import CACHE, OPENINGS
from search.local.segments.stream_marks import StreamMarks

TermField = Literal["lemma", "form"]

ARRAYS_READ_AT_ONCE = (  # what a snapshot reads when it is opened: of all segments together, where it lies on the disk
    *("ids", "versions", "days", "minutes", "lengths"),
    *(f"{column}.{part}" for column in COLUMNS for part in ("offsets", "codes")),
)
NO_STRINGS = Strings(np.empty(0, np.uint8), np.zeros(1, np.uint16))
ID_BITS = 33
OPENING_TRIES, SECONDS_BETWEEN_TRIES = (
    20,
    0.05,
)  # a commit deletes files between our reading their names and opening them


@dataclass(frozen=True, slots=True)
class Column:
    """A multi-valued column: the values of article i are codes[offsets[i]:offsets[i + 1]], ascending, each once."""

    offsets: NDArray[np.unsignedinteger[Any]]  # size + 1
    codes: NDArray[np.unsignedinteger[Any]]
    values: Strings  # by code, sorted
    labels: Sequence[str]  # by code

    def codes_of(self, values: Iterable[str]) -> list[int]:
        """The codes of those values that stand here."""
        return [code for value in values if (code := self.values.find(value)) >= 0]

    def having(self, codes: Sequence[int]) -> NDArray[np.bool_]:
        """By article: whether it has any of the codes."""
        mask = np.zeros(len(self.offsets) - 1, np.bool_)
        mask[np.searchsorted(self.offsets, np.flatnonzero(np.isin(self.codes, codes)), side="right") - 1] = True
        return mask


class SegmentFiles:
    """The files of one segment, which never change: shared by all snapshots that hold it."""

    def __init__(self, folder: Path, segment: Any) -> None:
        self.name: str = segment.segment_id()
        self.opened = next(OPENINGS)
        self.arrays = ArrayFile(folder / (self.name + ARRAYS_EXTENSION))
        for name in ARRAYS_READ_AT_ONCE:
            if name in self.arrays:
                self.arrays.expect(name)
        self.places = TypePlaces(self.arrays)
        self.forms = Forms(self.arrays, self.places)
        self.marks = StreamMarks(self.arrays)
        self.lemmas = Lemmas(self.arrays)
        if len(self.arrays["ids"]) != segment.doc_count_all():
            raise TornIndex(f"в файле {self.name}{ARRAYS_EXTENSION} не столько статей, сколько в индексе")


class Segment:
    """One segment of a snapshot. Article numbers run from 0 to size - 1; `live` is None where none is deleted;
    `revision` of the store is what the index has taken in."""

    def __init__(self, files: SegmentFiles, deleted: Iterable[int], revision: int) -> None:
        self._files = files
        self.opened = next(OPENINGS)
        self.revision = revision
        arrays = files.arrays
        self.name = files.name
        self.ids: NDArray[np.int64] = arrays["ids"]
        self.versions: NDArray[np.int32] = arrays["versions"]
        self.days: NDArray[np.int32] = arrays["days"]  # ordinals; 0: undated
        self.minutes: NDArray[np.int64] = arrays["minutes"]  # day * 1440 + minute of the day; -1: undated
        self.lengths: NDArray[np.int32] = arrays["lengths"]  # tokens, paragraph boundaries not counted
        self.stream_offsets: NDArray[np.int64] = arrays["stream.offsets"]  # size + 1
        self.stream = arrays.squeezed("stream")  # token types; 0: a paragraph's end
        self.size = len(self.ids)
        self.live = live_mask(self.size, deleted)
        self.live_count = self.size if self.live is None else int(np.count_nonzero(self.live))

    @cached_property
    def recency(self) -> NDArray[np.int64]:
        """By article: what the newest first are ordered by."""
        return newness(self.minutes, self.ids)

    @property
    def titles(self) -> NDArray[np.uint8]:
        """By article: how many tokens of its beginning are its title; 0 where the segment does not know."""
        arrays = self._files.arrays
        return arrays["titles"] if "titles" in arrays else np.zeros(self.size, np.uint8)

    @property
    def centroids(self) -> NDArray[np.uint8]:
        """By article: where it lies among word vectors, packed; zeros where the segment does not know."""
        arrays = self._files.arrays
        if "centroids" not in arrays:
            return np.zeros((self.size, PACKED_BYTES), np.uint8)
        return arrays["centroids"].reshape(self.size, PACKED_BYTES)

    def without(self, pairs: ArticleVersions) -> "Segment":
        """The segment with these articles deleted too; itself where it has none of them."""
        gone = np.isin(paired_numbers(self.ids, self.versions), pairs)
        if not gone.any():
            return self
        return Segment(self._files, np.flatnonzero(gone if self.live is None else gone | ~self.live), self.revision)

    @property
    def stream_key(self) -> int:
        """Tells its stream from all others, whatever is deleted."""
        return self._files.opened

    @property
    def marks(self) -> StreamMarks:
        """What is known of the tokens of the stream beside their forms."""
        return self._files.marks

    @property
    def type_count(self) -> int:
        """How many token types there are, the boundary among them."""
        return self._files.places.types

    def postings(self, field: TermField, term: str) -> Postings:
        """Articles with the term, deleted ones too, ascending, and its frequency in each; empty where it is unknown."""
        key = (self._files.opened, field, term)
        postings: Postings | None = CACHE.get(key)
        if postings is None:
            postings = self.decoded(field, term)
            CACHE.put(key, postings)
        return postings

    def decoded(self, field: TermField, term: str) -> Postings:
        """The same for somebody who keeps it himself."""
        return self._terms(field).postings(term)

    def expect(self, field: TermField, term: str) -> None:
        """Lets the system read the postings of a term before they are asked for."""
        self._terms(field).expect(term)

    def terms_with_prefix(self, field: TermField, prefix: str, limit: int) -> list[str]:
        """Up to `limit` terms that begin with `prefix`, in order."""
        table = self._terms(field).texts
        return [table[place] for place in table.with_prefix(prefix)[:limit]]

    def forms(self) -> tuple[Strings, NDArray[np.signedinteger[Any]]]:
        """All words as they are printed (folded), and in how many articles each stands, deleted ones too."""
        return self._files.forms.texts, self._files.forms.counts

    def postings_of_prefix(self, prefix: str) -> Postings:
        """Articles with forms that begin so, deleted ones too, and how often such forms stand in each."""
        return self._files.places.postings(self._types_with_prefix(prefix))

    def count_places(self, types: NDArray[np.uint32]) -> int:
        """In how many places tokens of these types stand."""
        return self._files.places.count(types)

    def types_of_forms(self, numbers: NDArray[np.int64]) -> NDArray[np.uint32]:
        """Token types of forms by their numbers, ascending."""
        return self._files.places.types_of_each(numbers)

    def places_of(self, types: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """Where in the stream tokens of these types stand, type by type."""
        return self._files.places.places(types)

    def types_with_lemmas(self, lemmas: Iterable[str]) -> NDArray[np.uint32]:
        """Token types that can be read as any of the lemmas, ascending."""
        arrays, table = self._files.arrays, self._files.lemmas.texts
        starts = arrays["lemma.types.offsets"]
        types = arrays.squeezed("lemma.types")
        places = [place for lemma in lemmas if (place := table.find(lemma)) >= 0]
        found = [types[starts[place] : starts[place + 1]] for place in places]
        return np.unique(np.concatenate(found)) if found else np.empty(0, np.uint32)

    def likeliest_lemmas(self, types: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """The number of the likeliest lemma of each type; no lemma's for the boundary, and where they are not known."""
        if "type.lemmas.lower" not in self._files.arrays:
            return np.full(len(types), len(self._files.lemmas.texts), np.uint32)
        return self._files.arrays.squeezed("type.lemmas").take(types.astype(np.int64))

    @property
    def lemmas(self) -> Lemmas:
        """The lemmas, numbered by the alphabet."""
        return self._files.lemmas

    def types_with_form(self, form: str) -> NDArray[np.uint32]:
        """Token types printed as the folded form."""
        return as_array(self._files.forms.types(form))

    def types_with_prefix(self, prefix: str) -> NDArray[np.uint32]:
        """Token types whose folded form begins with `prefix`."""
        return as_array(self._types_with_prefix(prefix))

    def _types_with_prefix(self, prefix: str) -> range:
        return self._files.places.types_of(self._files.forms.texts.with_prefix(prefix))

    def _terms(self, field: TermField) -> Terms:
        return self._files.forms if field == "form" else self._files.lemmas

    def column(self, name: str) -> Column:
        """One of COLUMNS; values and labels are decoded one by one as they are asked for."""
        arrays = self._files.arrays
        if name + ".offsets" not in arrays:  # written before the field was known: no article here has it
            return Column(np.zeros(self.size + 1, np.uint16), np.empty(0, np.uint16), NO_STRINGS, NO_STRINGS)
        return Column(
            offsets=arrays[name + ".offsets"],
            codes=arrays[name + ".codes"],
            values=arrays.strings(name + ".values"),
            labels=arrays.strings(name + ".labels"),
        )


def as_array(types: range) -> NDArray[np.uint32]:
    """A run of token types one by one."""
    return np.arange(types.start, types.stop, dtype=np.uint32)


def newness(minutes: NDArray[np.int64], ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """Larger for the newer, of one minute for the smaller id; least for the undated. Ids are below 2 ** ID_BITS."""
    return (minutes << ID_BITS) - ids


def live_mask(size: int, deleted: Iterable[int]) -> NDArray[np.bool_] | None:
    """False for deleted articles; None where there are none."""
    numbers = np.fromiter(deleted, np.int64)
    if not len(numbers):
        return None
    live = np.ones(size, np.bool_)
    live[numbers] = False
    return live


_shared: WeakValueDictionary[Path, SegmentFiles] = WeakValueDictionary()
_sharing = Lock()


def shared_files(folder: Path, segment: Any) -> SegmentFiles:
    """The segment's files, opened once while any snapshot holds them."""
    path = folder / segment.segment_id()
    with _sharing:
        files = _shared.get(path)
        if files is None:
            files = _shared[path] = SegmentFiles(folder, segment)
        return files


def open_segments(index: Path) -> tuple[Segment, ...]:
    """The segments of the published index, () where nothing is published; raises TornIndex."""
    for attempt in range(OPENING_TRIES):
        folder = current(index)
        if folder is None:
            return ()
        try:
            commit = last_commit(folder)
            manifest = read_manifest(folder, commit)
            check_sizes(folder, manifest)
            found = ((shared_files(folder, one), one.deleted_docs()) for one in committed_segments(folder, commit))
            return tuple(Segment(files, deleted, manifest.revision) for files, deleted in found)
        except FileNotFoundError:
            if attempt == OPENING_TRIES - 1:
                raise TornIndex(f"в папке {folder.name} недостаёт файлов индекса") from None
            time.sleep(SECONDS_BETWEEN_TRIES)
    raise AssertionError


def index_token(index: Path) -> Hashable:
    """Something cheap that changes when an index is published; None where nothing is."""
    folder = current(index)
    try:
        return folder and (folder.name, last_commit(folder))
    except FileNotFoundError:
        return None
