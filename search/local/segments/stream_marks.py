"""Reads what a segment knows of the tokens of its stream beside their forms."""

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from indexer.storage.arrays import ArrayFile

BitMark = Literal["capital", "sentence"]  # kept as a bit a token
PlaceMark = Literal["percent", "number_sign"]  # kept as places

Places = NDArray[np.integer[Any]]
BITS_A_BYTE = 8


class StreamMarks:
    """The marks of one segment; a segment written before there were any has none."""

    def __init__(self, arrays: ArrayFile) -> None:
        self._arrays = arrays
        self.known = "marks.capital" in arrays

    def bits(self, mark: BitMark, places: Places) -> NDArray[np.bool_]:
        """For each of some places of the stream, whether its token has the mark."""
        packed = self._arrays["marks." + mark]
        shifts = (BITS_A_BYTE - 1 - (places & (BITS_A_BYTE - 1))).astype(np.uint8)
        return (packed.take(places >> 3) >> shifts & 1).astype(np.bool_)

    def every(self, mark: BitMark, tokens: int) -> NDArray[np.int64]:
        """All places of the stream of so many tokens that have the mark."""
        return np.unpackbits(self._arrays["marks." + mark], count=tokens).nonzero()[0]

    def having(self, mark: PlaceMark, places: Places) -> NDArray[np.bool_]:
        """The same of the rare marks."""
        marked = self._arrays["marks." + mark]
        if not len(marked):
            return np.zeros(len(places), np.bool_)
        wanted = places.astype(marked.dtype)
        found: NDArray[np.bool_] = marked.take(marked.searchsorted(wanted), mode="clip") == wanted
        return found
