"""Guesses by the ending of a word alone what it could be a case form of, were it a name.

The dictionary knows some tens of thousands of surnames; the rest («Мантурову», «Дзюбой», «Гензе») are read by these
tables. Each reading has a sex and a case, so that the words of one name can be made to agree.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from indexer.text.grammar import CASES, Case, Sex

CONSONANTS = "бвгджзклмнпрстфхцчшщ"
VOWELS = "аеиоуыэюя"


class Guess(NamedTuple):
    """One reading of a word: its nominative, sex, case and how far the ending alone is to be believed."""

    nominative: str
    sex: Sex
    case: Case
    score: float


class Ending(NamedTuple):
    """`printed` on the end of a word stands for `nominative` in these cases; `before`: a pattern for the stem's end."""

    printed: str
    nominative: str
    sexes: str
    cases: str
    score: float
    before: str


STEM_C, STEM_V, ANY = f"[{CONSONANTS}]$", f"[{VOWELS}]$", "..$"
VELAR = "[гкхжшчщц]$"
NOT_ADJECTIVAL = f"(?<![сц]к)[{VOWELS}]$"  # «Крушинская» is no «Крушинскай»


def _russian() -> Iterator[Ending]:
    """Бочаров, Комарова, Никитин; Достоевский, Троицкая: the endings that leave no doubt of the sex."""
    for stem in ("ов", "ев", "ин", "ын"):
        for ending, cases in (("", "n"), ("а", "ga"), ("у", "d"), ("ым", "i"), ("е", "p")):
            yield Ending(stem + ending, stem, "m", cases, 0.6, ANY)
        for ending, cases in (("а", "n"), ("ой", "gdip"), ("у", "a")):
            yield Ending(stem + ending, stem + "а", "f", cases, 0.6, ANY)
    for stem in ("ск", "цк"):
        for ending, cases in (("ий", "n"), ("ого", "ga"), ("ому", "d"), ("им", "i"), ("ом", "p")):
            yield Ending(stem + ending, stem + "ий", "m", cases, 0.6, ANY)
        for ending, cases in (("ая", "n"), ("ой", "gdip"), ("ую", "a")):
            yield Ending(stem + ending, stem + "ая", "f", cases, 0.6, ANY)


def _adjectival() -> Iterator[Ending]:
    """Заболотный, Луговой, Яровая: the stress that tells -ый from -ой is not printed."""
    for end, score in (("ый", 0.2), ("ой", 0.19)):
        for ending, cases in ((end, "n"), ("ого", "ga"), ("ому", "d"), ("ым", "i"), ("ом", "p")):
            if ending == "ой":  # «Ореховой» is a woman's in another case far more often
                yield Ending(ending, end, "m", cases, score / 2, "[оеи][вн]$")
                yield Ending(ending, end, "m", cases, score, "(?<![оеи])[вн]$|[длмрт]$")
            else:
                yield Ending(ending, end, "m", cases, score, "[вдлмнрт]$")
    for ending, cases in (("ая", "n"), ("ой", "gdip"), ("ую", "a")):
        yield Ending(ending, "ая", "f", cases, 0.16, "[вдлмнрт]$")


def _soft() -> Iterator[Ending]:
    """Загородний, Верхняя."""
    for ending, cases in (("ний", "n"), ("него", "ga"), ("нему", "d"), ("ним", "i"), ("нем", "p")):
        yield Ending(ending, "ний", "m", cases, 0.2, ANY)
    for ending, cases in (("няя", "n"), ("ней", "gdip"), ("нюю", "a")):
        yield Ending(ending, "няя", "f", cases, 0.16, ANY)


def _masculine() -> Iterator[Ending]:
    """Ткач, Трамп, Кравец; Цой, Гай; Гоголь, Коваль: declined for men only."""
    like_a_case = "(?<!^.)(?<!^..)[ое][мй]$"  # «Трампом», «Дзюбой» are hardly nominatives
    yield Ending("", "", "m", "n", 0.2, f"^(?!.*{like_a_case})..*[{CONSONANTS}йь]$")
    yield Ending("", "", "f", "ngdaip", 0.1, f"^(?!.*{like_a_case})..*[{CONSONANTS}йь]$")
    yield Ending("", "", "m", "n", 0.05, like_a_case)
    yield Ending("", "", "f", "ngdaip", 0.03, like_a_case)
    for ending, cases in (("а", "ga"), ("у", "d"), ("ом", "i"), ("ем", "i"), ("е", "p")):
        yield Ending(ending, "", "m", cases, 0.2, STEM_C)
        yield Ending("ц" + ending, "ец", "m", cases, 0.21 if ending != "ем" else 0.1, "[вбдзлмнпрт]$")
        yield Ending("йц" + ending, "ец", "m", cases, 0.15, STEM_V)
    for ending, cases in (("я", "ga"), ("ю", "d"), ("ем", "i"), ("е", "p")):
        yield Ending(ending, "й", "m", cases, 0.2, NOT_ADJECTIVAL)
        yield Ending(ending, "ь", "m", cases, 0.2, "[бвдзлмнпрстф]$")
    yield Ending("ии", "ий", "m", "p", 0.2, STEM_C)


def _on_a() -> Iterator[Ending]:
    """Дзюба, Глинка, Гарсия, Тереза: declined alike for men and women; no man is a «Комарова»."""
    yield Ending("", "", "mf", "n", 0.16, "(?<![оеё]в)(?<![сц]к)[ая]$(?<![сц]кая)")
    for nominative, before, endings in (
        ("а", "[бвдзлмнпрстф]$", (("ы", "g"), ("е", "dp"), ("у", "a"), ("ой", "i"))),
        ("а", VELAR, (("и", "g"), ("е", "dp"), ("у", "a"), ("ой", "i"), ("ей", "i"))),
        ("я", f"[{CONSONANTS}аеоуыэюя]$", (("и", "g"), ("е", "dp"), ("ю", "a"), ("ей", "i"))),
    ):
        for ending, cases in endings:
            yield Ending(ending, nominative, "mf", cases, 0.06 if ending != "ей" else 0.04, before)
    for ending, cases in (("ия", "n"), ("ии", "gdp"), ("ию", "a"), ("ией", "i")):
        yield Ending(ending, "ия", "f", cases, 0.6, STEM_C)
        yield Ending(ending, "ия", "m", cases, 0.1, STEM_C)


def _fixed() -> Iterator[Ending]:
    """Бондаренко, Живаго, Гензе, Черных, Дюма: one form for all cases."""
    yield Ending("", "", "mf", "ngdaip", 0.15, "[оэие]$")
    yield Ending("", "", "mf", "ngdaip", 0.07, "(?<![ое]в)(?<![иы]н)[ую]$|(?:[ое]в|[иы]н)ы$")  # «Ивановы»: a family
    yield Ending("", "", "mf", "ngdaip", 0.03, "(?<![ое]в)(?<![иы]н)ы$")  # seldom: mostly a genitive («Маэхары»)
    yield Ending("", "", "mf", "ngdaip", 0.5, "(ко|аго|дзе|швили|[ыи]х)$")
    yield Ending("", "", "mf", "ngdaip", 0.02, "(?<![оеё]в)(?<![иы]н)[ая]$(?<![сц]кая)")


ENDINGS = (*_russian(), *_adjectival(), *_soft(), *_masculine(), *_on_a(), *_fixed())
BY_PRINTED = {
    printed: [(i, ending) for i, ending in enumerate(ENDINGS) if ending.printed == printed]
    for printed in {ending.printed for ending in ENDINGS}
}
LONGEST_ENDING = max(map(len, BY_PRINTED))
STEM_PATTERNS = {ending.before: re.compile(ending.before) for ending in ENDINGS}


def guesses(word: str) -> tuple[Guess, ...]:
    """Every reading of a folded Cyrillic word by its ending.

    >>> sorted({guess.nominative for guess in guesses("мантурову") if guess.score > 0.3})
    ['мантуров', 'мантурова']
    """
    if not re.search(f"[{VOWELS}]", word):
        return tuple(Guess(word, sex, case, 0.5) for sex in ("m", "f") for case in CASES)
    stems = range(max(0, len(word) - LONGEST_ENDING), len(word) + 1)  # how long what stands before an ending can be
    found = []
    for _, (printed, nominative, sexes, cases, score, before) in sorted(
        fitting for stop in stems for fitting in BY_PRINTED.get(word[stop:], ())
    ):
        stem = word[: len(word) - len(printed)]
        if len(stem) > 1 - (not printed) and STEM_PATTERNS[before].search(stem):
            found += [Guess(stem + nominative, sex, case, score) for sex in sexes for case in cases]  # type: ignore[arg-type]
    return tuple(found)
