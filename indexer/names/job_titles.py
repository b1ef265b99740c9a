"""Finds the job title before a person's name, and the sex of who did something in it.

«Отметила советник аппарата Совета депутатов | Яна Никифорова»: between post and name stand words that hang on the post,
so that the name is in the case of the post and not in the genitive that its neighbour seems to ask for.
"""

from collections.abc import Sequence
from typing import NamedTuple

from indexer.names.word_readings import clue
from indexer.text.cut_text import CLOSING, LINE_END, OPENING, CutText
from indexer.text.grammar import Case
from indexer.text.lemmas import lemmas, share
from indexer.text.tokens import fold

MOST_WORDS_TO_NAME = 9  # words from the post to the name
TOKENS_BEFORE_NAME = 16  # the post, and what somebody in it did
TOKENS_IN_FIRM = 10  # its name in quotes
NO_PART_OF_FIRM = OPENING | CLOSING | {LINE_END}
WORDS_INSIDE_JOB_TITLE = frozenset(("по", "и", "№", "при"))
SENTENCE_ENDS = frozenset('.!?…\n»"”')
KIN_WORDS = frozenset(
    "сын дочь внук внучка жена муж супруг супруга вдова вдовец брат сестра отец мать дед дедушка бабушка теща тесть "
    "зять невестка сноха племянник племянница дядя тетя жених друг подруга приятель сторонник соратник адвокат".split()
)  # of somebody: his name is as well in the genitive


class JobTitle(NamedTuple):
    """The cases that the words for a post may stand in; the sex of the past tense before them, "m", "f" or ""."""

    cases: frozenset[Case]
    past: str


def job_title_before(text: CutText, start: int) -> JobTitle | None:
    """The post before the name that begins at `start`; None where none is said.

    >>> post = job_title_before(CutText("Отметила советник аппарата Яна Никифорова"), 27)
    >>> sorted(post.cases), post.past
    (['n'], 'f')
    """
    last = before_firm(text.words, text.tokens_before(start))
    words = text.words_to(last, TOKENS_BEFORE_NAME)
    cases: set[Case] = set()
    outermost = len(words)
    for i in range(len(words) - 1, max(-1, len(words) - 1 - MOST_WORDS_TO_NAME), -1):
        word, form = words[i], fold(words[i]).rpartition("-")[2]  # «пресс-секретарь»
        if not (word[0].isupper() or word[0].isdigit() or form in WORDS_INSIDE_JOB_TITLE or is_nominal(form)):
            break
        opens = i == 0 or words[i - 1][-1] in SENTENCE_ENDS
        nouns = clue(form).nouns if word[0].islower() or opens else ()
        of_person = {case for case, animate, _ in nouns if animate}
        if not KIN_WORDS.isdisjoint(lemmas(form)):
            break
        if of_person:
            cases, outermost = cases | of_person, i
    if not cases:
        return None
    past = past_before(words[:outermost]) if "n" in cases else ""
    return JobTitle(frozenset(cases), past)


def before_firm(tokens: Sequence[str], last: int) -> int:
    """How many of so many tokens stand before the firm in quotes that they end with; all where they end with none.

    >>> before_firm(["директор", "«", "Каустика", "»"], 4), before_firm(["директор", "»"], 2)
    (1, 2)
    """
    closing = last - 1
    while closing >= 0 and tokens[closing] == LINE_END:
        closing -= 1
    if closing < 0 or tokens[closing] not in CLOSING:
        return last
    inside = range(closing - 1, max(-1, closing - 2 - TOKENS_IN_FIRM), -1)
    opening = next((i for i in inside if tokens[i] in NO_PART_OF_FIRM), closing)
    return opening if opening < closing - 1 and tokens[opening] in OPENING else last


def is_nominal(form: str) -> bool:
    """Whether a folded word is mostly a noun or an adjective."""
    return share(form, "NOUN", "ADJF", "PRTF") > 0.5


def past_before(words: list[str]) -> str:
    """The sex of the past tense that these words end with, adjectives after it passed over; "" where there is none."""
    while words and share(fold(words[-1]), "ADJF") > 0.5:
        words = words[:-1]
    past = clue(fold(words[-1])).past if words else ""
    return past if past in ("m", "f") else ""
