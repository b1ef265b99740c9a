"""Words in, scores of every tag for each out: the convolutions of slovnet's models, computed in numpy.

The files of the models lie in the natasha wheel, which is never imported. The forward pass is ours: all texts of a
batch are one flat array with a zero row (a gap) between them, the first convolution is computed once per word and kept.
Three layers of width 3: the scores of a word depend on three words to either side of it and on nothing else.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import distribution
from typing import Any

import numpy as np
from navec.tar import Tar
from numpy.typing import NDArray
from slovnet.const import SHAPE, TAG, WORD
from slovnet.exec.model import NER, Morph
from slovnet.exec.pack import Pack
from slovnet.shape import word_shape

NAMES = "natasha/data/model/slovnet_ner_news_v1.tar"
MORPHOLOGY = "natasha/data/model/slovnet_morph_news_v1.tar"
EMBEDDINGS = "natasha/data/emb/navec_news_v1_1B_250K_300d_100q.tar"
KINDS = {NAMES: NER, MORPHOLOGY: Morph}
REACH = 3  # words to either side that a word's scores depend on

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]


class WordVectors:
    """Number of a word → 300 numbers, read from their quantised form; one for all models."""

    def __init__(self) -> None:
        with Tar(located(EMBEDDINGS)) as tar:
            data: bytes = tar.load("pq.bin").read()
        count, _, parts, centroids = np.frombuffer(data, np.uint32, 4)
        codes_at = 16 + int(count) * int(parts)
        self.codes = np.frombuffer(data, np.uint8, codes_at - 16, 16).reshape(count, parts)
        self.centres = np.frombuffer(data, np.float32, -1, codes_at).reshape(parts, centroids, -1)

    def __call__(self, numbers: Sequence[int]) -> Floats:
        """Shape (words, 300)."""
        codes = self.codes[numbers]
        found: Floats = self.centres[np.arange(codes.shape[1]), codes].reshape(len(numbers), -1)
        return found


@cache
def word_vectors() -> WordVectors:
    """The one table of word vectors of the process (27 MB)."""
    return WordVectors()


class Embedding:
    """Word → vector of word and shape (300 + 30 numbers)."""

    def __init__(self, words: Any, shapes: Any, shape_vectors: Floats) -> None:
        self.words, self.shapes, self.shape_vectors = words, shapes, shape_vectors

    def __call__(self, words: Sequence[str]) -> Floats:
        """Shape (words, 330)."""
        vectors = word_vectors()([self.words.encode(word.lower()) for word in words])
        shapes = self.shape_vectors[[self.shapes.encode(word_shape(word)) for word in words]]
        return np.concatenate((vectors, shapes), axis=1)


class Layer:
    """One convolution of width 3 with ReLU and batch normalisation, over a flat array of rows."""

    def __init__(self, layer: Any) -> None:
        self.filters, inputs, _ = layer.conv.weight.shape
        weight = layer.conv.weight.array.transpose(1, 2, 0).reshape(inputs, -1)
        self.weight: Floats = np.ascontiguousarray(weight)  # (inputs, 3·filters)
        self.bias: Floats = layer.conv.bias.array
        self.scale = layer.norm.weight.array / layer.norm.std.array
        self.shift = layer.norm.bias.array - layer.norm.mean.array * self.scale

    def finish(self, products: Floats, gaps: Numbers) -> Floats:
        """`products`: rows @ weight; the row before, the row itself and the row after are added up."""
        filters = self.filters
        rows: Floats = products[:, filters : 2 * filters] + self.bias
        rows[1:] += products[:-1, :filters]
        rows[:-1] += products[1:, 2 * filters :]
        np.maximum(rows, 0, out=rows)
        rows *= self.scale
        rows += self.shift
        rows[gaps] = 0
        return rows


class FirstProducts:
    """Products of the first layer by word, computed once: word → row of a table.

    Where it is full, the words that were not asked for since it was full last make room.
    """

    def __init__(self, embedding: Embedding, weight: Floats, size: int) -> None:
        self.embedding, self.weight = embedding, weight
        self.rows: dict[str, int] = {}
        self.table: Floats = np.zeros((size, weight.shape[1]), np.float32)  # row 0: no word
        self.asked = np.zeros(size, np.bool_)

    def __call__(self, words: Sequence[str]) -> Numbers:
        """The row of the table for each word; good until the next call. No more different words than a third of it."""
        rows = self.rows
        new = list(dict.fromkeys(word for word in words if word not in rows))
        if len(rows) + len(new) >= len(self.table):
            self.make_room()
            rows = self.rows
            new = list(dict.fromkeys(word for word in words if word not in rows))
        if new:
            first = len(rows) + 1
            self.table[first : first + len(new)] = self.embedding(new) @ self.weight
            rows.update(zip(new, range(first, first + len(new)), strict=True))
        found = np.array([rows[word] for word in words], np.int64)
        self.asked[found] = True
        return found

    def make_room(self) -> None:
        """Keeps the words asked for since the last time, or none where they are too many."""
        kept = [word for word, row in self.rows.items() if self.asked[row]]
        if 2 * len(kept) > len(self.table):
            kept = []
        self.table[1 : len(kept) + 1] = self.table[[self.rows[word] for word in kept]]
        self.rows = {word: row for row, word in enumerate(kept, 1)}
        self.asked[:] = False


class Network:
    """A model with its weights; not for use from several threads at once. `words_kept`: first products, 3 KB each."""

    def __init__(self, file: str, words_kept: int) -> None:
        with Pack(located(file)) as pack:
            model = pack.load_model(KINDS[file])
            self.model: Any = model.inject_arrays(dict(pack.load_arrays(model.weights)))
            words, shapes, tags = (pack.load_vocab(vocabulary) for vocabulary in (WORD, SHAPE, TAG))
        self.tags: list[str] = tags.items
        self.layers = [Layer(layer) for layer in self.model.encoder.layers]
        embedding = Embedding(words, shapes, self.model.emb.shape.weight.array)
        self.first = FirstProducts(embedding, self.layers[0].weight, words_kept)
        self.head, self.head_bias = self.model.head.proj.weight.array, self.model.head.proj.bias.array

    def rows(self, words: Iterable[str], gaps: Numbers) -> Floats:
        """What the last layer says of each row: `words` in their order with gaps between them, the last row one too."""
        is_word = np.ones(gaps[-1] + 1, np.bool_)
        is_word[gaps] = False
        known = np.zeros(len(is_word), np.int64)
        known[is_word] = self.first(list(words))
        rows = self.layers[0].finish(self.first.table[known], gaps)
        for layer in self.layers[1:]:
            rows = layer.finish(rows @ layer.weight, gaps)
        return rows

    def scores(self, rows: Floats) -> Floats:
        """Scores of every tag for rows of the last layer."""
        found: Floats = rows @ self.head + self.head_bias
        return found


def located(name: str) -> str:
    """The path of a file of the natasha wheel."""
    return str(distribution("natasha").locate_file(name))
