"""Unlikely readings are indexed where they are meant and nowhere else; windows say what the whole text says."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.index.document import extra_lemmas
from indexer.pipeline import annotate
from indexer.senses.homonyms import LEAST_WANTED_ODDS, MOST_WANTED_WEIGHT, Occurrence, homonym, log_ratio, settled
from indexer.senses.word_vectors import MOST_LEANING, leaning, sense
from indexer.text.lemmas import LEAST_SCORE, readings
from indexer.text.morph_tagger import BATCH_WINDOWS, HIDDEN_WORD, morphology
from indexer.text.sentences import Piece
from indexer.text.slovnet import NOTHING, word_vectors
from indexer.text.tokens import fold, forms
from scripts.evaluation.homonyms import PARTS, Marked, share, table, wrong
from search.query.typed_word import query_lemmas

WORDS = "Завод выпустил пять тонн нержавеющей стали , которые стали первыми . Суда ждут решения суда".split()


@pytest.mark.parametrize(
    ("part", "floor"), [("first", 0.95), ("hard", 0.86), ("plain", 0.95), ("other", 0.85), ("held", 0.93)]
)
def test_share_of_sentences_read_as_marked(part: str, floor: float) -> None:
    assert share(part) >= floor


def test_no_likely_reading_is_taken_for_an_unlikely_one() -> None:
    assert [row for row in wrong(table("first", "hard", "plain", "other")) if not row.is_meant] == []


@pytest.mark.parametrize(
    ("sentence", "lemma", "is_meant"),
    [
        ("Медведя видели в лесу у посёлка.", "леса", False),
        ("Бригаду спасли опытные техники.", "техник", True),
        ("Это третья фигурантка дела о вымогательстве.", "деть", False),
        ("Царица правила страной.", "править", True),
        ("Опубликованы правила дорожного движения.", "править", False),
        ("Дворники вышли мести двор.", "мести", True),
        ("Родные жаждут мести.", "мести", False),
        ("Ранним утром рыбаки вышли на лёд.", "утро", True),
        ("Ветераны придут этим летом.", "лет", False),
        ("Вы его потом увидите.", "пот", False),
        ("В моем доме нет газа.", "мыть", False),
        ("По субботам мы всей семьёй моем двор.", "мыть", True),
        ("Дорожки чистят чаще, чем зимой.", "чаща", False),
        ("Тротуар стал уже, чем был.", "узкий", True),
        ("Проезд сделали уже старого, и грузовики не проходят.", "узкий", True),
        ("Дверь оказалась уже старой и скрипучей.", "узкий", False),
        ("Куртка пропахла потом.", "пот", True),
        ("Он был слесарем, потом и мастером.", "пот", False),
        ("С утра над прорубью клубился густой пар.", "пар", True),
        ("Лежанка оказалась серого цвета.", "цвета", False),
        ("Из бочки в канаву стекло ведро дёгтя.", "стечь", True),
        ("В окно вставили стекло.", "стечь", False),
        ("Главная героиня дела – врач из Камышина.", "деть", False),
        ("Для моста взяли тонну этой стали.", "сталь", True),
        ("Эти стали победителями.", "сталь", False),
        ("Нарушителей правил оштрафовали.", "править", False),
        ("Художник писал волжские дали и закаты.", "даль", True),
        ("На столе стояла банка с огурцами.", "банка", True),
        ("РИАМО – 18 ноя. Выставку открыли.", "ныть", False),
        ("Эта улица уже соседней.", "узкий", True),
        ("Деревня стала уже соседней.", "узкий", False),
    ],
)
def test_what_the_neighbours_say(sentence: str, lemma: str, is_meant: bool) -> None:
    assert any(reading.lemma == lemma for reading in annotate([sentence])[0].meant) == is_meant


def test_the_table_is_of_unlikely_readings() -> None:
    rows = list(table(*PARTS))
    assert len(rows) >= 510
    assert [row for row in rows if not is_unlikely(row)] == []


def is_unlikely(row: Marked) -> bool:
    form = forms(row.sentence[row.start :])[0][0]
    return next(reading.score for reading in readings(form) if reading.lemma == row.lemma) < LEAST_SCORE


def test_steel_is_found_and_became_is_not() -> None:
    text = "Из нержавеющей стали сварили трубы. Они стали первыми."
    found, starts = forms(text)
    extra = extra_lemmas(found, starts, annotate([text])[0])
    places = [place for place, form in enumerate(found) if form == "стали"]
    assert [extra.get(place, ()) for place in places] == [("сталь",), ()]
    assert query_lemmas("сталь") == ("сталь",)
    assert query_lemmas("стали") == ("стать",)


@pytest.mark.parametrize(
    "text", ["Мартин стали", "Стали", "", "ст", "стали-стали", "стали" * 50, "«»", "№5стали стали"]
)
def test_any_text_is_read(text: str) -> None:
    annotation = annotate([text])[0]
    assert all(text[reading.start :] for reading in annotation.meant)


@pytest.mark.parametrize("word", ["завод", "из", "т", "сложно", "данные", "Кусайко"])
def test_words_without_readings_to_choose_among(word: str) -> None:
    assert homonym(word) is None


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40), st.data())
def test_windows_say_what_the_whole_text_says(words: list[str], data: st.DataObject) -> None:
    numbers = data.draw(st.lists(st.integers(0, len(words) - 1)))
    network = morphology()
    odds = np.exp(network.scores(network.rows(network.first([NOTHING, *words, NOTHING])))[1:-1])
    odds /= odds.sum(1, keepdims=True)
    assert np.allclose(network.probabilities((words, number) for number in numbers), odds[numbers], atol=1e-4)


def test_windows_are_read_batch_by_batch() -> None:
    places = [(WORDS, number) for number in range(len(WORDS))] * (2 * BATCH_WINDOWS // len(WORDS) + 1)
    odds = morphology().probabilities(places).reshape(-1, len(WORDS), len(morphology().tags))
    assert len(odds) * len(WORDS) > 2 * BATCH_WINDOWS
    assert np.allclose(odds, odds[0], atol=1e-4)


def test_a_hidden_word_is_expected_by_its_neighbours() -> None:
    words = "Трубы варят из нержавеющей стали .".split()
    at, tags = words.index("стали"), morphology().grammemes
    assert HIDDEN_WORD not in word_vectors().numbers
    odds = morphology().expected([(words, at), ([*words[:at], "прыгнули", "."], at), (["стали"], 0)])
    assert odds.shape == (3, len(tags))
    assert np.allclose(odds[0], odds[1])
    best = tags[int(odds[0].argmax())]
    assert (best.part, best.features["Case"]) == ("NOUN", "Gen")


@pytest.mark.parametrize(
    ("words", "one", "other"),
    [
        ("в погребе стояла банка солёных огурцов", "банка", "банк"),
        ("председатель правления банка получил кредит", "банк", "банка"),
        ("премьеру похвалил литературный критик журнала", "критик", "критика"),
    ],
)
def test_company_that_a_lemma_keeps(words: str, one: str, other: str) -> None:
    seen = words.split()
    at = next(i for i, word in enumerate(seen) if word[:4] == one[:4])
    senses = [sense(lemma, frozenset(("NOUN",))) for lemma in (one, other)]
    assert 0 < leaning(seen, at, *senses) <= MOST_LEANING
    assert leaning(seen, at, *reversed(senses)) < 0
    assert leaning(seen, at, senses[0], sense("ыыъы", frozenset(("NOUN",)))) == 0


def test_folding_of_capitals() -> None:
    assert homonym("СТАЛИ") is not None
    assert fold("СТАЛИ") == "стали"


@given(st.lists(st.floats(0, 1), min_size=4, max_size=4), st.tuples(*[st.booleans()] * 4))
def test_what_a_place_wants_weighs_no_more_than_is_reckoned_with(parts: list[float], own: tuple[bool, ...]) -> None:
    wanted = (np.array(parts) / max(1.0, sum(parts))).astype(np.float32)
    tags = np.array(own)
    assert 0.35 * log_ratio(wanted, tags, ~tags, LEAST_WANTED_ODDS) <= MOST_WANTED_WEIGHT + 1e-6


@pytest.mark.parametrize(
    ("sentence", "number", "expected"),
    [
        ("Щенка отвели к местному вину .", 4, True),  # a preposition and an adjective that agree
        ("Трубы варят из нержавеющей стали .", 4, True),
        ("Нарушителей правил оштрафовали .", 1, False),  # the clause has its verb: not «править»
        ("Все в стали сомневались .", 2, True),
        ("Они стали первыми .", 1, None),  # that is left to the tagger
        ("Балки сделаны из легированной стали .", 4, True),  # the participle is not of «стали»
        ("Марка стали указана в паспорте .", 1, True),  # nor is this one, in the singular
        ("Дороги стали разбиты .", 1, None),
        ("Для больной стали искать врача .", 2, None),
        ("С крыши стекло много воды .", 2, True),
        ("Разбитое стекло стоило много денег .", 1, False),
        ("Банка с краской упала .", 0, True),  # the verb wants a subject
        ("Банка так и не нашла .", 0, None),
        ("Сотрудница завода и банка уволилась .", 3, None),
    ],
)
def test_what_grammar_alone_says(sentence: str, number: int, expected: bool | None) -> None:
    words = sentence.split()
    word = homonym(words[number])
    found = settled(Occurrence(Piece(0, words, list(range(len(words)))), number, word)) if word else None
    assert found is expected
