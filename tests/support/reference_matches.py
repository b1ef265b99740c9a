"""Says by brute force, straight from an article's text, whether a query of any kind matches it."""

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import pairwise, product

from archive.article import Article
from indexer.text.lemmas import lemmas
from indexer.text.sentence_ends import sentences
from indexer.text.tokens import tokenize
from search.query.tree import (
    And,
    Capital,
    Dated,
    Exact,
    FieldValue,
    Idle,
    Mask,
    Near,
    Node,
    Not,
    Number,
    Or,
    Paragraph,
    Phrase,
    Prefix,
    Sentence,
    Signed,
    Term,
    Title,
    Together,
    Word,
)
from search.query.typed_word import query_lemmas


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """A word of a text as it is printed and folded, with what follows and precedes it, and where it stands."""

    place: int
    printed: str
    form: str
    before: str
    after: str
    sentence: tuple[int, int]
    paragraph: int


def printed_words(text: str) -> list[PrintedWord]:
    """The words of a text; paragraphs take a place between them."""
    found: list[PrintedWord] = []
    place = 0
    for number, paragraph in enumerate(text.split("\n")):
        stops = [stop for _, stop in sentences(paragraph)]
        for token in tokenize(paragraph):
            sentence = number, sum(stop <= token.start for stop in stops)
            before, after = paragraph[: token.start], paragraph[token.stop :]
            printed = paragraph[token.start : token.stop]
            found.append(PrintedWord(place, printed, token.form, before, after, sentence, number))
            place += 1
        place += 1
    return found


def matches(node: Node, article: Article, words: Sequence[PrintedWord] | None = None) -> bool:
    """Whether an article matches; `words`: those that may be looked at, of none all of the article."""
    words = printed_words(article.text) if words is None else words
    match node:
        case And(parts):
            return all(matches(part, article, words) for part in parts)
        case Or(parts):
            return any(matches(part, article, words) for part in parts)
        case Not(part):
            return not matches(part, article, words)
        case Idle():
            return True
        case Title(part):
            return matches(part, article, [word for word in words if article.title and word.paragraph == 0])
        case Dated(first, last):
            day = article.published.day
            return day is not None and (not first or first <= day) and (not last or day <= last)
        case FieldValue(name, value):
            return has_value(str(getattr(article, name) or ""), value)
        case Sentence(parts):
            units = {word.sentence for word in words}
            return any(all(stands(p, [w for w in words if w.sentence == unit]) for p in parts) for unit in units)
        case Paragraph(parts):
            paragraphs = {word.paragraph for word in words}
            return any(all(stands(p, [w for w in words if w.paragraph == one]) for p in parts) for one in paragraphs)
        case _:
            return stands(node, words)


def stands(node: Node, words: Sequence[PrintedWord]) -> bool:
    """Whether something stands in some words of a text."""
    match node:
        case And(parts):
            return all(stands(part, words) for part in parts)
        case Or(parts):
            return any(stands(part, words) for part in parts)
        case Together(parts):
            return all(stands(part, words) for part in parts) or is_glued(node, words)
        case Number():
            return any(stands(way, words) for way in node.ways)
        case Phrase(terms):
            rows = (words[at : at + len(terms)] for at in range(len(words) - len(terms) + 1))
            return any(row[-1].place - row[0].place + 1 == len(terms) and all(map(means, terms, row)) for row in rows)
        case Near(terms, distance):
            found = [[word for word in words if means(term, word)] for term in terms]
            return any(
                len({word.paragraph for word in chosen}) == 1
                and max(word.place for word in chosen) - min(word.place for word in chosen) <= distance
                for chosen in product(*found)
            )
        case _:
            return any(means(node, word) for word in words)  # type: ignore[arg-type]


def means(term: Term, word: PrintedWord) -> bool:
    """Whether a word on paper means the term."""
    match term:
        case Word(form):
            return bool(set(query_lemmas(form)) & set(lemmas(word.form)))
        case Capital(form):
            return word.printed[0].isupper() and bool(set(query_lemmas(form)) & set(lemmas(word.form)))
        case Exact(form):
            return word.form == form
        case Prefix(start):
            return word.form.startswith(start)
        case Mask(pattern):
            return fnmatchcase(word.form, pattern)
        case Signed(form, "%"):
            return word.form == form and word.after.lstrip(" \u00a0").startswith("%")
        case Signed(form):
            return word.form == form and word.before.rstrip(" \u00a0").endswith("№")


def is_glued(node: Together, words: Sequence[PrintedWord]) -> bool:
    """Whether the parts stand as one word, which two numbers beside each other never are."""
    forms = [part.form for part in node.parts if isinstance(part, Word)]
    if len(forms) < len(node.parts) or any(a[-1].isdigit() and b[0].isdigit() for a, b in pairwise(forms)):
        return False
    return any(means(Word("".join(forms)), word) for word in words)


def has_value(own: str, typed: str) -> bool:
    """Whether an article's own value has all the typed words."""
    have = [token.form.lstrip("0") or token.form for token in tokenize(own)]
    want = [token.form.lstrip("0") or token.form for token in tokenize(typed)]
    return bool(want) and all(word in have for word in want)
