"""The network says what slovnet's layers say when they are computed one by one; its table of words forgets nothing."""

from collections.abc import Callable

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from slovnet.shape import word_shape

from indexer.ner.ner_tagger import tagger
from indexer.text.morph_tagger import morphology, window
from indexer.text.slovnet import NOTHING, Embedding, FirstProducts, Floats, Network, shape

WORDS = "Глава завода « Каустик » Э. Азизов-Мусаев 12,5 ВТЗ volga IPhone ё Ё ... бвгджз -".split()
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9)


def plainly(network: Network, words: list[str]) -> Floats:
    """The scores of every tag, layer by layer as they were trained: convolution, ReLU, normalisation; zeros outside."""
    rows = network.first.embedding(words)
    for layer in network.model.encoder.layers:
        padded = np.pad(rows, ((1, 1), (0, 0)))
        sums = layer.conv.bias.array + sum(
            padded[i : i + len(rows)] @ layer.conv.weight.array[:, :, i].T for i in range(3)
        )
        normal = (np.maximum(sums, 0) - layer.norm.mean.array) / layer.norm.std.array
        rows = normal * layer.norm.weight.array + layer.norm.bias.array
    found: Floats = rows @ network.model.head.proj.weight.array + network.model.head.proj.bias.array
    return found


@settings(max_examples=30, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4), st.sampled_from([tagger, morphology]))
def test_scores_are_those_of_the_layers_one_by_one(texts: list[list[str]], model: Callable[[], Network]) -> None:
    network = model()
    known = network.first([NOTHING, *(word for words in texts for word in (*words, NOTHING))])
    scores = network.scores(network.rows(known))
    assert np.allclose(scores[known > 0], np.concatenate([plainly(network, words) for words in texts]), atol=1e-3)


@settings(max_examples=30, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4), st.sampled_from([tagger, morphology]))
def test_the_middle_of_a_window_is_what_it_is_in_the_text(texts: list[list[str]], model: Callable[[], Network]) -> None:
    network = model()
    windows = [word for words in texts for number in range(len(words)) for word in window(words, number)]
    scores = network.scores(network.middle_rows(network.first(windows)))
    assert np.allclose(scores, np.concatenate([plainly(network, words) for words in texts]), atol=1e-3)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.text("абв", min_size=1, max_size=3), min_size=1, max_size=10), max_size=30))
def test_a_small_table_of_words_gives_what_a_large_one_gives(calls: list[list[str]]) -> None:
    embedding = Embedding(["RU_xx", "RU_x"], np.eye(2, dtype=np.float32))
    weight = np.random.default_rng(1).normal(size=(302, 3)).astype(np.float32)
    small = FirstProducts(embedding, weight, 31)
    for words in calls:
        rows = small(words)
        assert 0 < rows.min() <= rows.max() < 31
        assert np.allclose(small.table[rows], embedding(words) @ weight, atol=1e-4)
    assert not small.table[0].any()


def test_a_word_asked_for_often_stays() -> None:
    products = tagger().first
    small = FirstProducts(products.embedding, products.weight, 30)
    for i in range(80):
        small(["завод", f"завод-{i}"])
    assert "завод" in small.rows
    assert len(small.rows) < 30
    assert "завод-0" not in small.rows


@given(st.sampled_from(WORDS) | st.text(min_size=1, max_size=4) | st.text("аяАЯёЁaZ-1", min_size=1, max_size=4))
def test_shapes_are_those_of_slovnet(word: str) -> None:
    assert shape(word) == word_shape(word)


def test_a_task_may_have_more_words_than_the_table() -> None:
    books = [[f"{letter}слово{n}" for n in range(1_200)] for letter in "абвгдежзиклмнопр"]
    places = [(words, number) for words in books for number in range(3, len(words), 7)]
    assert sum(map(len, books)) > len(morphology().first.table)
    odds = morphology().probabilities(places)
    assert np.allclose(odds[-100:], morphology().probabilities(places[-100:]), atol=1e-4)
