"""Weighs how well each sex and case of a name goes with the words beside it: «рассказала | Комарова»."""

import re
from collections.abc import Callable

from indexer.names.job_titles import JobTitle, job_title_before
from indexer.names.word_readings import clue, noun_readings
from indexer.text.cut_text import LINE_END, CutText
from indexer.text.grammar import CASES, GOVERNED, Case, Sex
from indexer.text.tokens import fold

WORD_AFTER = re.compile(r"[»\"”]?\s+([^\W_]+)")
SENTENCE_ENDS = frozenset('.!?…»"–—')
DATIVE_VERBS = frozenset(  # verbs whose object is a thing; the person stands in the dative
    "сказать сообщить передать вручить дать подарить рассказать объяснить предложить поручить доверить отдать "
    "напомнить показать обещать пообещать заявить ответить доложить присвоить говорить давать вручать передавать "
    "сообщать предлагать поручать разрешить запретить продать купить написать адресовать посвятить назначить "
    "выделить принести прислать послать направить вернуть заплатить предъявить причинить нанести отказать "
    "приказать велеть советовать посоветовать рекомендовать пожелать желать задать оказать простить доказать "
    "позволить завещать".split()
)
NOT_GOVERNED_FACTOR = 0.05
# after a person's job title: «губернатору Бочарову», «сын Бочарова»
AGREES_FACTOR, IN_GENITIVE_FACTOR, NEITHER_FACTOR = 1.5, 1.0, 0.3
OBJECT_FACTOR = 4.0  # «поздравили Иванову», and a man's dative as much less
AFTER_THING_FACTOR = 2.0  # «указ Бочарова»
SUBJECT_FACTOR, OTHER_SEX_FACTOR = 4.0, 0.15  # beside a past tense of that sex, of the other


def case_weights(text: CutText, start: int, stop: int) -> dict[tuple[Sex, Case], float]:
    """(sex, case) → weight for the name at start:stop; 1.0 where nothing is known."""
    weights: dict[tuple[Sex, Case], float] = {(sex, case): 1.0 for sex in ("m", "f") for case in CASES}
    left, right = word_left(text, start), WORD_AFTER.match(text, stop)
    post = job_title_before(text, start)
    if left:
        _from_left(fold(left), weights, post)
    elif post:  # «директору завода «Каустик» Бочарову»
        _from_post(post, weights)
    elif begins_sentence(text, start):
        _times(weights, lambda sex, case: AGREES_FACTOR if case == "n" else 1.0)
    for word in (left, right[1] if right else ""):
        if word:
            _from_past(clue(fold(word)).past, weights)
    return weights


def word_left(text: CutText, start: int) -> str:
    """The letters and digits that blanks divide from a name, perhaps in quotes; "" where there are none."""
    last, name = quoted_name(text, start)
    while last and text.words[last - 1] == LINE_END:
        last -= 1
    return text.last_part(last - 1) if last and text.stop(last - 1) < name else ""


def begins_sentence(text: CutText, start: int) -> bool:
    """Whether a sentence or a line begins with a name, perhaps in quotes, a dash before it."""
    last, name = quoted_name(text, start)
    if not last or text.words[last - 1] == LINE_END:
        return True
    return text.words[last - 1][-1] in SENTENCE_ENDS and text.stop(last - 1) < name


def quoted_name(text: CutText, start: int) -> tuple[int, int]:
    """How many tokens stand before a name and a quote that opens it, and where the two begin."""
    last = text.unquoted(start)
    return last, start if last == text.tokens_before(start) else start - 1


def governed_cases(text: CutText, start: int) -> str:
    """The cases that the preposition before a name governs; "" where there is none."""
    return GOVERNED.get(fold(word_left(text, start)), "")


def _from_left(word: str, weights: dict[tuple[Sex, Case], float], post: JobTitle | None) -> None:
    cases = GOVERNED.get(word)
    if cases:
        _times(weights, lambda sex, case: 1.0 if case in cases else NOT_GOVERNED_FACTOR)
        return
    _, transitive, nouns = clue(word)
    if transitive and transitive not in DATIVE_VERBS:
        _times(weights, lambda sex, case: OBJECT_FACTOR if case == "a" else 1 / OBJECT_FACTOR if case == "d" else 1.0)
    persons = {case for case, animate, _ in nouns if animate}
    if persons:
        _times(
            weights,
            lambda sex, case: (
                AGREES_FACTOR if case in persons else IN_GENITIVE_FACTOR if case == "g" else NEITHER_FACTOR
            ),
        )
        if {gender for _, animate, gender in nouns if animate} == {"femn"}:
            _times(weights, lambda sex, case: OTHER_SEX_FACTOR if sex == "m" and case in persons else 1.0)
    elif post:
        _from_post(post, weights)
    elif nouns or any(r.noun and r.plural and r.case == "d" for r in noun_readings(word)):  # «по словам Бочарова»
        _times(weights, lambda sex, case: AFTER_THING_FACTOR if case == "g" else 1.0)
    if post and persons:
        _from_past(post.past, weights)


def _from_post(post: JobTitle, weights: dict[tuple[Sex, Case], float]) -> None:
    _times(
        weights,
        lambda sex, case: (
            AGREES_FACTOR if case in post.cases else IN_GENITIVE_FACTOR if case == "g" else NEITHER_FACTOR
        ),
    )
    _from_past(post.past, weights)


def _from_past(past: str, weights: dict[tuple[Sex, Case], float]) -> None:
    if past in ("m", "f"):
        _times(weights, lambda sex, case: 1.0 if case != "n" else SUBJECT_FACTOR if sex == past else OTHER_SEX_FACTOR)


def _times(weights: dict[tuple[Sex, Case], float], factor: Callable[[Sex, Case], float]) -> None:
    for sex, case in weights:
        weights[sex, case] *= factor(sex, case)
