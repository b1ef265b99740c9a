"""The tagger on marked strings: [person], {body}, as the model alone finds them."""

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.ner.ner_tagger import best_paths, tagger
from indexer.text.cut_text import CutText
from indexer.text.sentences import MOST_TOKENS, pieces_of

MARKED = [
    "[Путин] подписал указ о награждении.",
    "Глава {Минпромторга} [Денис Мантуров] приехал в Волгоград.",
    "Площадки предприятий «{Титан-Баррикады}» и «{Красный Октябрь}».",
    "[Дэвид Рокфеллер]\n[Дэвид Рокфеллер] родился в Нью-Йорке.",
    "Об этом рассказала [Н. И. Комарова].",
    "",
    "\n\n",
]


@pytest.mark.parametrize("marked", MARKED)
def test_finds_what_is_marked(marked: str) -> None:
    text = re.sub(r"[\[\]{}]", "", marked)
    expected = [m.group(1) or m.group(2) for m in re.finditer(r"\[([^]]+)\]|\{([^}]+)\}", marked)]
    spans = [span for span in tagger().spans([text])[0] if span.kind != "place"]
    assert [text[span.start : span.stop] for span in spans] == expected
    assert [span.kind for span in spans] == ["person" if m == "[" else "body" for m in re.findall(r"[\[{]", marked)]


def test_each_text_is_tagged_as_if_alone() -> None:
    texts = [re.sub(r"[\[\]{}]", "", marked) * n for n, marked in enumerate(MARKED, 1)]
    assert tagger().spans(texts) == [tagger().spans([text])[0] for text in texts]


def test_a_book_is_cut_into_pieces_and_keeps_its_offsets() -> None:
    text = "Сегодня Денис Мантуров приехал на завод. " * 1000
    assert max(len(piece.words) for piece in pieces_of([CutText(text)])) <= MOST_TOKENS
    spans = tagger().spans([text])[0]
    assert len(spans) == 1000
    assert {text[span.start : span.stop] for span in spans} == {"Денис Мантуров"}


@settings(max_examples=60, deadline=None)
@given(st.data(), st.lists(st.integers(1, 5), min_size=1, max_size=4))
def test_best_paths_are_those_of_brute_force(data: st.DataObject, lengths: list[int]) -> None:
    rng = np.random.default_rng(data.draw(st.integers(0, 10_000)))
    sizes = np.array(lengths)
    starts = np.cumsum(sizes + 1) - sizes
    scores = rng.normal(size=(sizes.sum() + len(sizes) + 1, 3)).astype(np.float32)
    transitions = rng.normal(size=(3, 3)).astype(np.float32)  # (to, from)
    best = best_paths(scores, transitions, starts, sizes)
    for start, size in zip(starts, lengths, strict=True):
        paths = np.stack(np.meshgrid(*[range(3)] * size, indexing="ij"), -1).reshape(-1, size)
        sums = scores[start + np.arange(size), paths].sum(1) + transitions[paths[:, 1:], paths[:, :-1]].sum(1)
        assert (best[start : start + size] == paths[sums.argmax()]).all()


def test_the_margin_of_a_person_of_one_word_and_of_no_other_name() -> None:
    text = "Путин подписал указ. Тамбовчанка не выплатила ущерб. Приехал Денис Мантуров."
    margins = {text[span.start : span.stop]: span.margin for span in tagger().spans([text])[0]}
    assert margins["Денис Мантуров"] == math.inf
    assert 0 < margins["Тамбовчанка"] < margins["Путин"] < math.inf


def test_latin_letters_in_a_cyrillic_word_are_read_as_those_they_look_like() -> None:
    text = "Указ подписал Cepгей Kириенкo."  # the first two letters and three more are Latin
    span = tagger().spans([text])[0][0]
    assert (text[span.start : span.stop], span.kind) == ("Cepгей Kириенкo", "person")
