"""Gives other forms of a parsed word by its paradigm, many times as fast as pymorphy3 does.

They are the very forms that `Parse.lexeme` and `Parse.inflect` give. Those make a parse of every form of the lexeme.
Here what stands round the stem is worked out once for a place of a paradigm, and any word's stem is put there.
"""

from functools import lru_cache
from typing import Any, NamedTuple

from pymorphy3.units import DictionaryAnalyzer, KnownPrefixAnalyzer, KnownSuffixAnalyzer, UnknownPrefixAnalyzer

from indexer.text.lemmas import analyzer

# they find a paradigm for unknown words
PARADIGM_ANALYZERS = (KnownPrefixAnalyzer, KnownSuffixAnalyzer, UnknownPrefixAnalyzer)
PLACES_KEPT = 1 << 13  # places of paradigms that are kept
Affixes = tuple[str, str]  # what stands before and after a stem


class Declined(NamedTuple):
    """A form of a paradigm: its place there, its stem, and what stands before («супер|заводам»)."""

    paradigm: int
    at: int
    lead: str
    stem: str

    def with_affixes(self, affixes: Affixes) -> str:
        """Another form of the word."""
        return self.lead + affixes[0] + self.stem + affixes[1]


def declined(parse: Any) -> Declined | None:
    """The paradigm by which a parse is declined; None where it is not done by one («человек-гора»)."""
    (how, form, *numbers), *others = parse.methods_stack
    if not isinstance(how, DictionaryAnalyzer) or not all(isinstance(other[0], PARADIGM_ANALYZERS) for other in others):
        return None
    paradigm, at = numbers
    dictionary = analyzer().dictionary
    stem = dictionary.build_stem(dictionary.paradigms[paradigm], at, form)
    return Declined(paradigm, at, parse.word.removesuffix(form), stem)


def lexeme(parse: Any, part: str, *wanted: str) -> list[str]:
    """The words of a parse's lexeme that are of this part of speech and carry all grammemes wanted, in their order.

    >>> lexeme(analyzer().parse("заводу")[0], "NOUN", "nomn")
    ['завод', 'заводы']
    """
    word = declined(parse)
    if not word:
        grammemes = frozenset(wanted)
        return [form.word for form in parse.lexeme if part == form.tag.POS and grammemes <= form.tag.grammemes]
    return [word.with_affixes(affixes) for affixes in all_affixes(word.paradigm, part, *wanted)]


@lru_cache(1 << 12)
def all_affixes(paradigm: int, part: str, *wanted: str) -> tuple[Affixes, ...]:
    """Those of the forms of a paradigm that `lexeme` wants: a few thousand in all."""
    grammemes, forms = frozenset(wanted), analyzer().dictionary.build_paradigm_info(paradigm)
    return tuple((prefix, end) for prefix, tag, end in forms if part == tag.POS and grammemes <= tag.grammemes)


def in_nominative(parse: Any) -> str | None:
    """The nominative that is most like a form in all else; None where there is none.

    >>> in_nominative(analyzer().parse("заводами")[0])
    'заводы'
    """
    word = declined(parse)
    if not word:
        inflected = parse.inflect({"nomn"})
        return inflected.word if inflected else None
    affixes = affixes_in_nominative(word.paradigm, word.at)
    return word.with_affixes(affixes) if affixes else None


@lru_cache(PLACES_KEPT)
def affixes_in_nominative(paradigm: int, at: int) -> Affixes | None:
    """Those of the nominative of a form; which is most like it pymorphy3 tells so in `MorphAnalyzer._inflect`."""
    forms = analyzer().dictionary.build_paradigm_info(paradigm)
    like = forms[at][1].updated_grammemes({"nomn"})
    found = [form for form in forms if "nomn" in form[1].grammemes]
    best = max(
        found, key=lambda form: len(like & form[1].grammemes) - 0.1 * len(like ^ form[1].grammemes), default=None
    )
    return (best[0], best[2]) if best else None
