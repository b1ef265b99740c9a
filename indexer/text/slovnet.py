"""Scores every tag for words by the convolutions of slovnet's models, computed in numpy.

The files of the models lie in the natasha wheel, which is never imported. The forward pass is ours: all texts of a
batch are one flat array with a row between them (a gap), the first convolution is computed once per word and kept, and
what a layer does to each number after its sums is done by the weights of the next. There are three layers of width 3,
so the scores of a word depend on three words to either side of it and on nothing else.
"""

import gzip
import re
from collections.abc import Sequence
from functools import cache, cached_property
from importlib.metadata import distribution
from typing import Any

import numpy as np
from navec.tar import Tar
from numpy.typing import NDArray
from slovnet.const import SHAPE, TAG, UNK, WORD
from slovnet.exec.model import NER, Morph
from slovnet.exec.pack import Pack
from slovnet.shape import word_shape

NAME_TAGGER_FILE = "natasha/data/model/slovnet_ner_news_v1.tar"
MORPH_TAGGER_FILE = "natasha/data/model/slovnet_morph_news_v1.tar"
EMBEDDINGS_FILE = "natasha/data/emb/navec_news_v1_1B_250K_300d_100q.tar"
MODEL_CLASSES = {NAME_TAGGER_FILE: NER, MORPH_TAGGER_FILE: Morph}
REACH_WORDS = 3  # words to either side that a word's scores depend on
WINDOW_WORDS = 2 * REACH_WORDS + 1
NOTHING = ""  # what stands beyond the ends of a text
SMALL_WORD, CAPITALISED_WORD = re.compile("[а-яё]{2,}"), re.compile("[А-ЯЁ][а-яё]+")
ROWS_MOVED_AT_ONCE = 1_024  # rows of a table moved at a time

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]


class WordVectors:
    """Word → 300 numbers, read from their quantised form; one for all models, which number the words alike."""

    def __init__(self) -> None:
        with Pack(located(NAME_TAGGER_FILE)) as pack:
            self.numbers: dict[str, int] = pack.load_vocab(WORD).item_ids
        self.unknown = self.numbers[UNK]
        with Tar(located(EMBEDDINGS_FILE)) as tar:
            data: bytes = tar.load("pq.bin").read()
            vocabulary = gzip.decompress(tar.load("vocab.bin").read())
        self.counts = np.frombuffer(vocabulary, np.uint32, int(np.frombuffer(vocabulary, np.uint32, 1)[0]), 4).copy()
        count, _, parts, centroids = np.frombuffer(data, np.uint32, 4).tolist()
        codes_at = 16 + count * parts
        self.codes = np.frombuffer(data, np.uint8, codes_at - 16, 16).reshape(count, parts)
        centres = np.frombuffer(data, np.float32, -1, codes_at).reshape(parts * centroids, -1)
        self.centres = centres.view(f"V{centres.strides[0]}")[:, 0]  # those of all parts in a row, each one item
        self.firsts = np.arange(parts) * centroids

    def __call__(self, words: Sequence[str]) -> Floats:
        """Shape (words, 300)."""
        return self.rows([self.numbers.get(word.lower(), self.unknown) for word in words])

    def rows(self, numbers: Sequence[int] | Integers) -> Floats:
        """The vectors of words by their numbers; shape (words, 300)."""
        centres = self.centres.take(self.codes.take(numbers, 0) + self.firsts)
        found: Floats = centres.view(np.float32)
        return found

    def count(self, word: str) -> int:
        """How often the word stood in the news that its vector was learnt from (about a milliard words)."""
        number = self.numbers.get(word.lower())
        return int(self.counts[number]) if number is not None else 0

    @cached_property
    def total(self) -> int:
        """How many words the news had."""
        return int(self.counts.sum(dtype=np.int64))

    @cached_property
    def mean(self) -> Floats:
        """The vectors' mean, each counted as often as its word; 300 numbers."""
        centres = self.centres.view(np.float32).reshape(len(self.firsts), -1, 3)
        parts = (
            np.bincount(codes, self.counts, len(own)) @ own for codes, own in zip(self.codes.T, centres, strict=True)
        )
        found: Floats = (np.concatenate(list(parts)) / self.counts.sum()).astype(np.float32)
        return found


@cache
def word_vectors() -> WordVectors:
    """The one table of word vectors of the process (60 MB)."""
    return WordVectors()


class Embedding:
    """Word → vector of word and shape (300 + 30 numbers)."""

    def __init__(self, shapes: Sequence[str], shape_vectors: Floats) -> None:
        self.shapes, self.shape_vectors = {shape: number for number, shape in enumerate(shapes)}, shape_vectors

    def __call__(self, words: Sequence[str]) -> Floats:
        """Shape (words, 330)."""
        shapes = self.shape_vectors[[self.shapes[shape(word)] for word in words]]
        return np.concatenate((word_vectors()(words), shapes), axis=1)


def shape(word: str) -> str:
    """slovnet's shape of a word; those of most words without asking it.

    >>> shape("завод"), shape("Минск"), shape("ВТЗ")
    ('RU_xx', 'RU_Xx', 'RU_XX')
    """
    if SMALL_WORD.fullmatch(word):
        return "RU_xx"
    return "RU_Xx" if CAPITALISED_WORD.fullmatch(word) else str(word_shape(word))


class Layer:
    """A convolution of width 3 with ReLU and batch normalisation, over a flat array of rows.

    Its rows are `max(sums, floor)`; what is to be added to them and multiplied by, to make them the layer's numbers,
    is left to whoever takes them on: `rows * scale + shift`. A gap is a row of products that makes up for that.
    """

    def __init__(self, layer: Any, before: "Layer | None" = None) -> None:
        self.filters, inputs, _ = layer.conv.weight.shape
        weight: Floats = layer.conv.weight.array.transpose(1, 2, 0).reshape(inputs, -1)  # (inputs, 3·filters)
        scale, shift = (
            (before.scale, before.shift) if before else (np.ones(inputs, np.float32), np.zeros(inputs, np.float32))
        )
        self.weight: Floats = np.ascontiguousarray(scale[:, None] * weight)
        self.gap: Floats = -(shift @ weight)
        bias = layer.conv.bias.array - self.gap.reshape(3, -1).sum(0)
        self.floor: Floats = -bias
        self.scale: Floats = layer.norm.weight.array / layer.norm.std.array
        self.shift: Floats = layer.norm.bias.array + (bias - layer.norm.mean.array) * self.scale

    @cached_property
    def nothing(self) -> Floats:
        """The row of a gap: the one that the next layer takes for zeros."""
        return -self.shift / self.scale

    @cached_property
    def stacked(self) -> Floats:
        """The weights for three rows written as one: shape (3·inputs, filters)."""
        return np.concatenate([self.weight[:, i * self.filters : (i + 1) * self.filters] for i in range(3)])

    def finish(self, products: Floats, gaps: Integers) -> Floats:
        """`products` (rows @ weight) are used up: each row is summed with what the rows before and after it say."""
        filters = self.filters
        products[gaps] = self.gap
        rows: Floats = products[:, filters : 2 * filters]
        rows[1:] += products[:-1, :filters]
        rows[:-1] += products[1:, 2 * filters :]
        return np.maximum(rows, self.floor, out=rows)

    def of_table(self, table: Floats, known: Integers) -> Floats:
        """The rows of the first layer, whose products stand in those rows of a table; row 0 is that of a gap."""
        thirds, places = table.reshape(-1, self.filters), 3 * known
        rows: Floats = thirds.take(places + 1, 0)
        rows[1:] += thirds.take(places[:-1], 0)
        rows[:-1] += thirds.take(places[1:] + 2, 0)
        return np.maximum(rows, self.floor, out=rows)

    def narrowed(self, rows: Floats) -> Floats:
        """Of windows of `rows`, shape (windows, width, inputs), those between the first and the last."""
        windows, width, inputs = rows.shape
        beside = np.lib.stride_tricks.sliding_window_view(rows.reshape(windows, -1), 3 * inputs, 1)[:, ::inputs]
        found: Floats = beside.reshape(-1, 3 * inputs) @ self.stacked
        np.maximum(found, self.floor, out=found)
        return found.reshape(windows, width - 2, self.filters)

    def narrowed_of_table(self, table: Floats, known: Integers) -> Floats:
        """`narrowed` for the first layer, whose products stand in those rows of a table; shape (windows, width)."""
        thirds, places = table.reshape(-1, self.filters), 3 * known
        rows: Floats = thirds.take(places[:, 1:-1] + 1, 0)
        rows += thirds.take(places[:, :-2], 0)
        rows += thirds.take(places[:, 2:] + 2, 0)
        return np.maximum(rows, self.floor, out=rows)


class FirstProducts:
    """Products of the first layer by word, computed once: word → row of a table.

    Where it is full, the half of the words that was asked for least makes room; what was asked long ago counts less.
    """

    def __init__(self, embedding: Embedding, weight: Floats, size: int) -> None:
        self.embedding, self.weight = embedding, weight
        self.rows = {NOTHING: 0}  # in the order of the table
        self.table: Floats = np.zeros((size, weight.shape[1]), np.float32)
        self.asked = np.zeros(size, np.int32)

    def __call__(self, words: Sequence[str]) -> Integers:
        """The row of the table for each word; good until the next call. No more different words than a third of it."""
        rows = self.rows
        new = list(dict.fromkeys([word for word in words if word not in rows]))
        if len(rows) + len(new) > len(self.table):
            self.make_room()
            return self(words)
        if new:
            first = len(rows)
            np.matmul(self.embedding(new), self.weight, out=self.table[first : first + len(new)])
            rows.update(zip(new, range(first, first + len(new)), strict=True))
        numbers = np.fromiter(map(rows.__getitem__, words), np.int64, len(words))
        self.asked[numbers] += 1
        return numbers

    def make_room(self) -> None:
        """Keeps the half asked for most, in order."""
        words = list(self.rows)
        kept = np.sort(np.argsort(-self.asked[1 : len(words)], kind="stable")[: len(self.table) // 2]) + 1
        for first in range(0, len(kept), ROWS_MOVED_AT_ONCE):
            some = kept[first : first + ROWS_MOVED_AT_ONCE]  # none stands before its new place
            self.table[first + 1 : first + 1 + len(some)] = self.table[some]
        self.rows = {NOTHING: 0} | {words[row]: new for new, row in enumerate(kept.tolist(), 1)}
        asked = self.asked[kept] // 2
        self.asked[:] = 0
        self.asked[1 : len(kept) + 1] = asked


class Network:
    """A model with its weights; not for use from several threads at once. `words_kept`: first products, 3 KB each."""

    def __init__(self, file: str, words_kept: int) -> None:
        with Pack(located(file)) as pack:
            model = pack.load_model(MODEL_CLASSES[file])
            self.model: Any = model.inject_arrays(dict(pack.load_arrays(model.weights)))
            shapes, tags = (pack.load_vocab(vocabulary) for vocabulary in (SHAPE, TAG))
        self.tags: list[str] = tags.items
        self.layers: list[Layer] = []
        for layer in self.model.encoder.layers:
            self.layers.append(Layer(layer, self.layers[-1] if self.layers else None))
        embedding = Embedding(shapes.items, self.model.emb.shape.weight.array)
        self.first = FirstProducts(embedding, self.layers[0].weight, words_kept)
        head, last = self.model.head.proj, self.layers[-1]
        self.head: Floats = last.scale[:, None] * head.weight.array
        self.head_bias: Floats = last.shift @ head.weight.array + head.bias.array

    def rows(self, known: Integers) -> Floats:
        """What the last layer says of each row: words by their rows of `first.table`, 0 for a gap; the last is one."""
        gaps = np.flatnonzero(known == 0)
        first, *others = self.layers
        rows = first.of_table(self.first.table, known)
        for layer in others:
            rows = layer.finish(rows @ layer.weight, gaps)
        return rows

    def middle_rows(self, known: Integers) -> Floats:
        """What the last layer says of the middle of windows of WINDOW_WORDS words, by their rows of `first.table`."""
        known = known.reshape(-1, WINDOW_WORDS)
        first, *others = self.layers
        rows = first.narrowed_of_table(self.first.table, known)
        for layer, before in zip(others, self.layers, strict=False):
            known = known[:, 1:-1]
            rows[known == 0] = before.nothing
            rows = layer.narrowed(rows)
        return rows[:, 0]

    def scores(self, rows: Floats) -> Floats:
        """Scores of every tag for rows of the last layer."""
        found: Floats = rows @ self.head + self.head_bias
        return found


def located(name: str) -> str:
    """The path of a file of the natasha wheel."""
    return str(distribution("natasha").locate_file(name))
