"""Compares the store's new texts with all others of other papers and keeps the pairs that are much the same.

A paper is not compared with itself, nor what is months apart: papers repeat forms (weather, rates, pharmacies on duty).
Signatures are read in chunks, those of near days only, so memory does not grow with the archive. What was compared is
not compared again, and a run that was killed goes on where it stopped.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from archive.store.reprints import AT_ONCE, LAST_DAY, Likeness, Reprints, Signed
from archive.store.store import Store
from indexer.reprints.shingles import BAND_ROWS, BANDS, BYTES, Shingles, share, shingles, signature

LEAST_SHARE = 1 / 3  # of the shingles in common: python -m benchmarks.reprints
NEAR_DAYS = 60  # days: later, a paper is alike itself only in forms (docs/REPRINTS.md)
LEAST_AGREEMENT = 0.2  # of the signature's bytes: four standard deviations below LEAST_SHARE
FEWEST_SHINGLES = 20  # shingles: a shorter text is only like itself
PAIRS_AT_ONCE = 100_000  # whose signatures are held side by side: 40 MB
TEXTS_KEPT = 2_000  # texts

PAPER_BITS = np.uint64(32)  # bits below a key

RowNumbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Imprints:
    """Signed imprints as arrays; papers are numbered, days counted."""

    texts: RowNumbers
    sources: NDArray[np.uint64]
    days: NDArray[np.datetime64]  # NaT: undated
    signatures: NDArray[np.uint8]  # (BYTES, imprints)

    def beginnings(self, band: int) -> NDArray[np.uint16]:
        """The first two bytes of each in the band as a number."""
        beginning: NDArray[np.uint16] = self.signatures[band * BAND_ROWS].astype(np.uint16) << np.uint16(8)
        beginning |= self.signatures[band * BAND_ROWS + 1]
        return beginning

    def keys(self, band: int, some: RowNumbers) -> NDArray[np.uint64]:
        """The bytes of some of them in the band as a number, above 32 bits that are left for the paper."""
        key = np.zeros(len(some), np.uint64)
        for row in self.signatures[band * BAND_ROWS : (band + 1) * BAND_ROWS]:
            key = key << np.uint64(8) | row[some]
        return key << PAPER_BITS


@dataclass(frozen=True, slots=True)
class Band:
    """New imprints by their keys in one band, papers below the keys: ascending, and whose each is."""

    marked: NDArray[np.bool_]  # by a key's beginning, whether any has it
    keys: NDArray[np.uint64]
    order: RowNumbers

    @classmethod
    def of(cls, new: Imprints, band: int) -> "Band":
        """The imprints in that band."""
        marked = np.zeros(1 << 16, np.bool_)
        marked[new.beginnings(band)] = True
        keys = new.keys(band, np.arange(len(new.texts))) | new.sources
        order = np.argsort(keys)
        return cls(marked, keys[order], order)

    def has(self, keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """For each of the keys whether it is here, whatever the paper."""
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        same: NDArray[np.bool_] = self.keys[places] >> PAPER_BITS == keys >> PAPER_BITS
        return same


class Papers(dict[str, int]):
    """Papers by name, numbered as they come; large and small letters are one."""

    def imprints(self, signed: list[Signed]) -> Imprints:
        """Those with a signature, as arrays."""
        kept = [one for one in signed if one[3]]
        texts, sources, days, signatures = zip(*kept, strict=True) if kept else ((), (), (), ())
        return Imprints(
            np.array(texts, np.int64),
            np.array([self.setdefault(source.casefold(), len(self)) for source in sources], np.uint64),
            np.array(days, "datetime64[D]"),
            np.ascontiguousarray(np.frombuffer(b"".join(signatures), np.uint8).reshape(-1, BYTES).T),
        )


def compare_new(store: Store, progress: Callable[[int], None] | None = None) -> int:
    """Compares every imprint of the published batches that was not compared yet; how many those were."""
    reprints, papers, done = store.reprints, Papers(), 0
    while missing := reprints.uncompared(AT_ONCE):
        signatures = {id: sign(text) for id, text in reprints.texts({id for id, _, _ in missing})}
        signed = [(id, source, day, signatures[id]) for id, source, day in missing]
        new = papers.imprints(signed)
        bands = [Band.of(new, band) for band in range(BANDS)] if len(new.texts) else []
        pairs: set[tuple[int, int]] = set()
        for chunk in chain([signed], reprints.signed(*near(new.days))) if bands else ():
            pairs.update(candidates(new, bands, papers.imprints(chunk)))
        reprints.keep(signed, likenesses(reprints, sorted(pairs)))
        done += len(missing)
        if progress:
            progress(done)
    reprints.all_compared()
    return done


def near(days: NDArray[np.datetime64]) -> tuple[str, str]:
    """The first and the last day on which may stand what is like one of these, in ISO 8601; every day is near none."""
    if np.isnat(days).any():
        return "", LAST_DAY
    first, last = (day.astype(dt.date).toordinal() for day in (days.min(), days.max()))
    return day_at(first - NEAR_DAYS), day_at(last + NEAR_DAYS)


def day_at(ordinal: int) -> str:
    """The day of that number, or the nearest that there is, in ISO 8601."""
    return dt.date.fromordinal(min(max(ordinal, 1), dt.date.max.toordinal())).isoformat()


def sign(text: str) -> bytes:
    """The signature of a text; none of one too short."""
    found = shingles(text)
    return signature(found) if len(found) >= FEWEST_SHINGLES else b""


def candidates(new: Imprints, bands: Sequence[Band], others: Imprints) -> Iterator[tuple[int, int]]:
    """Pairs of texts of different papers and near days, the smaller id first, whose signatures meet in a band and agree
    enough."""
    for number, band in enumerate(bands):
        met = np.flatnonzero(band.marked.take(others.beginnings(number)))
        keys = others.keys(number, met)
        there = band.has(keys)
        met = met[there]
        for one, other in met_pairs(band.keys, keys[there], others.sources[met]):
            ones, rest = band.order[one], met[other]
            far = abs(new.days[ones] - others.days[rest]) > np.timedelta64(NEAR_DAYS, "D")  # False of what has no date
            kept = ~far & (new.texts[ones] != others.texts[rest])
            ones, rest = ones[kept], rest[kept]
            kept = (new.signatures[:, ones] == others.signatures[:, rest]).mean(axis=0) >= LEAST_AGREEMENT
            first, second = new.texts[ones[kept]], others.texts[rest[kept]]
            yield from zip(np.minimum(first, second).tolist(), np.maximum(first, second).tolist(), strict=True)


def met_pairs(
    own: NDArray[np.uint64], keys: NDArray[np.uint64], sources: NDArray[np.uint64]
) -> Iterator[tuple[RowNumbers, RowNumbers]]:
    """Places in `own` (keys with papers, ascending) and in `keys` of all pairs with one key and two papers."""
    if not len(keys):
        return
    bounds = [keys, keys | sources, (keys | sources) + np.uint64(1), keys + np.uint64(1 << 32)]
    start, same, past, stop = (np.searchsorted(own, bound) for bound in bounds)
    for first, last in ((start, same), (past, stop)):
        counts = last - first
        shares = np.cumsum(counts) // PAIRS_AT_ONCE
        for some in np.split(np.arange(len(counts)), np.flatnonzero(np.diff(shares)) + 1):
            repeated = np.repeat(some, counts[some])
            within = np.arange(len(repeated)) - np.repeat(np.cumsum(counts[some]) - counts[some], counts[some])
            if len(repeated):
                yield first[repeated] + within, repeated


def likenesses(reprints: Reprints, pairs: list[tuple[int, int]]) -> Iterator[Likeness]:
    """The pairs that are alike, word by word."""

    @lru_cache(TEXTS_KEPT)
    def of(text: int) -> Shingles:
        return shingles(next(reprints.texts([text]))[1])

    for one, other in pairs:
        alike = share(of(one), of(other))
        if alike >= LEAST_SHARE:
            yield one, other, alike
