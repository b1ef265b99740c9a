"""Says which words an archive has, and what a word that it lacks may have been meant as."""

import math
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from indexer.names.transliteration import is_foreign
from indexer.names.word_readings import surname_lemmas
from indexer.text.lemmas import known
from search.engine import IndexMoment
from search.query.tree import Phrase, Word
from search.query.typed_word import query_lemmas, slips_allowed
from search.suggest.look_alikes import unmixed
from search.suggest.romanisation import cyrillic
from search.suggest.slip_costs import slip_cost

RARE_ARTICLES = 3  # articles of a word that may be a slip of the papers' own
TIMES_OFTENER = 100  # times that another must be met to be meant instead of a word that there is
LEAST_BESIDE_KNOWN = 2  # articles of what may be meant by a word of the language that the archive lacks
SLIP_COST = 2.0  # a word one slip further must stand in more articles, by this power of ten
READING_COST = 0.3  # the same for a less likely reading of Latin letters
FORMS_WEIGHED = 60  # near forms of a word, the nearest and most frequent of all
READINGS_MISSPELT = 3  # readings of Latin letters of which near forms are looked for
MOST_COST = {4: 1.0, 5: 1.5, 6: 1.7, 7: 2.0, 8: 2.2, 9: 2.2}  # slips by the letters of a word
MOST_COST_OF_LONG = 2.8
SURE_COST = 1.0  # slips that may be mended unasked
SURE_ARTICLES = 5  # articles of a word that may be put in the place of another unasked


class Respelling(NamedTuple):
    """What a word may have been meant as; `is_sure`: the word as typed is hardly good Russian or anybody's name."""

    cost: float
    form: str
    is_sure: bool


class ArchiveWords:
    """The words of an archive."""

    def __init__(self, moment: IndexMoment) -> None:
        self._moment = moment
        self.articles = cache(self._articles)
        self.printed = cache(moment.printed)

    def has(self, form: str) -> bool:
        """Whether a word stands anywhere."""
        return self.articles(form) > 0

    def doubts(self, form: str) -> bool:
        """Whether a word may be a slip: no article has it, or hardly any, and the language does not."""
        articles = self.articles(form)
        return not articles or (articles <= RARE_ARTICLES and not known(form))

    def respellings(self, form: str) -> list[Respelling]:
        """What a word may have been meant as, the most probable first, each lemma once."""
        least = TIMES_OFTENER * self.articles(form) or (LEAST_BESIDE_KNOWN if known(form) else 1)
        found = [(0.0, other, True) for other in unmixed(form)]
        readings = cyrillic(form)
        found += [(READING_COST * nth, other, True) for nth, other in enumerate(readings)]
        for nth, reading in enumerate(readings[:READINGS_MISSPELT]):
            found += [
                (SLIP_COST * cost + READING_COST * (nth + 1), other, cost <= SURE_COST)
                for cost, other in self._near(reading)
            ]
        is_sure = not is_good(form)
        found += [
            (SLIP_COST * cost, other, is_sure and cost <= SURE_COST and self.articles(other) >= SURE_ARTICLES)
            for cost, other in self._near(form)
        ]
        once: dict[tuple[str, ...], Respelling] = {}
        for cost, other, sure in found:
            articles = self.articles(other) if other != form else 0
            if articles >= least:
                one = Respelling(cost - math.log10(articles), other, sure)
                lemmas = query_lemmas(other)
                once[lemmas] = min(one, once.get(lemmas, one))
        return sorted(once.values())

    def rarity(self, articles: int) -> float:
        """How rare what stands in so many articles is, as a power of ten."""
        return math.log10(max(self._moment.articles, 1) / articles)

    def in_a_row(self, words: Sequence[str]) -> bool:
        """Whether words stand in a row anywhere."""
        return self._moment.articles_with(Phrase(tuple(map(Word, words))) if len(words) > 1 else Word(words[0])) > 0

    def _near(self, form: str) -> list[tuple[float, str]]:
        """Words of the archive that a slip or several part from a word, each with its cost."""
        near = self._moment.near_forms(form, slips_allowed(form))[:FORMS_WEIGHED]
        costs = [
            (min(slip_cost(form, one) for one in (other.form, *query_lemmas(other.form))), other.form) for other in near
        ]
        most = MOST_COST.get(len(form), MOST_COST_OF_LONG)
        return sorted(one for one in costs if 0 < one[0] <= most)

    def _articles(self, form: str) -> int:
        """In how many articles a word stands, in any form."""
        return self._moment.articles_with(Word(form))


def is_good(form: str) -> bool:
    """Whether a word is of the language, or looks like somebody's surname in some case."""
    return known(form) or any(not is_foreign(name) for name in (form, *surname_lemmas(form)))
