"""Gives Whoosh a segment's terms and postings as it asks for them, so that stock Whoosh reads the index."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec import base, whoosh3
from whoosh.filedb.filestore import FileStorage
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound
from whoosh.system import pack_uint

from indexer.index.schema import ARRAYS_EXTENSION, TERM_FIELDS
from indexer.storage.arrays import ArrayFile
from indexer.storage.postings import NO_POSTINGS, Postings, term_lists

FieldTerm = tuple[str, bytes]  # field, text


class ArrayTermsReader(base.TermsReader):
    """Whoosh's view of the terms: all that its queries ask for, but for fuzzy ones."""

    def __init__(self, arrays: ArrayFile) -> None:
        self._fields = term_lists(arrays)

    def __contains__(self, term: FieldTerm) -> bool:
        return self.doc_frequency(*term) > 0

    def indexed_field_names(self) -> tuple[str, ...]:
        return TERM_FIELDS

    def terms(self) -> Iterator[FieldTerm]:
        return self.terms_from(TERM_FIELDS[0], b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[FieldTerm]:
        for field in TERM_FIELDS[TERM_FIELDS.index(fieldname) :]:
            texts = self._fields[field].texts
            first = texts.with_prefix(prefix.decode()).start if field == fieldname else 0
            yield from ((field, texts[place].encode()) for place in range(first, len(texts)) if texts[place])

    def items(self) -> Iterator[tuple[FieldTerm, TermInfo]]:
        return self.items_from(TERM_FIELDS[0], b"")

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[FieldTerm, TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return self._fields[fieldname].count(text.decode())

    def frequency(self, fieldname: str, text: bytes) -> int:
        return int(self._fields[fieldname].postings(text.decode()).freqs.sum(dtype=np.int64))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        found = self._fields[fieldname].postings(text.decode())
        if found is NO_POSTINGS:
            raise TermNotFound(f"{fieldname}:{text!r}")
        return self._info(found)

    def _info(self, found: Postings) -> TermInfo:
        return TermInfo(
            weight=float(found.freqs.sum(dtype=np.int64)),
            df=len(found.docs),
            minlength=1,  # a bound serves Whoosh as well
            maxlength=1 << 16,
            maxweight=float(found.freqs.max()),
            minid=int(found.docs[0]),
            maxid=int(found.docs[-1]),
        )

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        found = self._fields[fieldname].postings(text.decode())
        if found is NO_POSTINGS:
            raise TermNotFound(f"{fieldname}:{text!r}")
        freqs = found.freqs.tolist()
        return ListMatcher(
            found.docs.tolist(),
            [float(freq) for freq in freqs],
            [pack_uint(freq) for freq in freqs],
            format_,
            scorer=scorer,
            term=(fieldname, text),
            terminfo=self._info(found),
        )

    def close(self) -> None:
        """Nothing to do: the mapping goes with the last array that uses it."""


class ArrayCodec(whoosh3.W3Codec):
    """Whoosh's codec with terms and postings out of the segment's arrays; pickled by name into every commit."""

    def terms_reader(self, storage: FileStorage, segment: Any) -> ArrayTermsReader:
        return ArrayTermsReader(ArrayFile(Path(storage.folder) / segment.make_filename(ARRAYS_EXTENSION)))
