"""What is kept of a name once read, and how the words before it are looked for, change nothing of what is read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.context.neighbours import word_before
from indexer.names.case_context import governed_cases, word_left
from indexer.names.organisation_names import nominative_body
from indexer.names.person_names import person_readings
from indexer.names.word_readings import nominatives
from indexer.text.cut_text import CutText
from indexer.text.grammar import SEX_CASES
from indexer.text.tokens import fold

NAMES = ("Бочарову Андрею Ивановичу", "Дзюбой", "А. И. Комарова", "Жан-Клодом Ван Даммом", "Асией", "Тан", "Анне", "II")
WORDS_BEFORE = {
    "его жена |Мария": "жена",
    "жителя села\u00a0|Шилово": "села",
    "сказал, |Мария": "",
    "завод «|Баррикады": "",
    "|Мария": "",
    "в 2020 |Мария": "",
    "бизнес-леди |Мария": "леди",
}
GOVERNED = {"для |Магнита": "g", "на «|Баррикадах»": "ap", "сказал |Магнит": "", "|Магнит": "", "на,|Магнит": ""}
weights = st.fixed_dictionaries({cell: st.sampled_from((0.05, 1.0, 4.0)) for cell in SEX_CASES})
factors = st.sampled_from((0.2, 1.0, 1.5))


@given(name=st.sampled_from(NAMES), before=weights, now=weights, factor=factors)
def test_a_name_is_read_by_what_stands_round_it_now(
    name: str, before: dict[tuple[str, str], float], now: dict[tuple[str, str], float], factor: float
) -> None:
    """Not by what stood there when it was read before: with factors of 1 for all it is read as with none."""
    every = [nominative for word in name.split() for nominative in nominatives(fold(word))]
    expected = person_readings(name, now, dict.fromkeys(every, 1.0))  # type: ignore[arg-type]
    person_readings(name, before, dict.fromkeys(every[:1], factor))  # type: ignore[arg-type]
    assert person_readings(name, now) == expected  # type: ignore[arg-type]


def test_what_other_names_tell_of_a_nominative_decides() -> None:
    told = [person_readings("Харада", attested={nominative: 9.0})[0].name for nominative in ("харад", "харада")]
    assert told == ["Харад", "Харада"]


@pytest.mark.parametrize("marked", WORDS_BEFORE)
def test_the_word_before_a_name(marked: str) -> None:
    assert word_before(CutText(marked.replace("|", "")), marked.index("|")) == WORDS_BEFORE[marked]


@pytest.mark.parametrize("marked", GOVERNED)
def test_the_cases_that_a_preposition_governs(marked: str) -> None:
    assert governed_cases(CutText(marked.replace("|", "")), marked.index("|")) == GOVERNED[marked]


def test_a_body_is_read_by_the_preposition_before_it() -> None:
    assert [nominative_body("Верфи", governed=cases) for cases in ("", "a", "g")] == ["Верфь", "Верфи", "Верфь"]


@given(st.text("аб1_ «\n", max_size=12))
def test_what_stands_left_is_found_by_tokens_as_by_a_search(before: str) -> None:
    searched = re.search(r"([^\W_]+)\s+[«\"“„]?\Z", before)
    assert word_left(CutText(before), len(before)) == (searched[1] if searched else "")
