"""Finds the names of the archive that a line of the authority file writes out.

A person's name is found by its words in any order («Бочаров А. И.», «А. И. Бочаров»), a body's with or without its
legal form and quotes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from indexer.authority.authority_line import AuthorityLine
from indexer.name_key import BodyKey, PersonKey, name_key
from indexer.names.organisation_names import proper_name
from indexer.text.tokens import fold, forms

Words = tuple[str, ...]


class Spellings:
    """Some names (the texts of their keys) by the ways in which the lines write them."""

    def __init__(self, names: Iterable[str], lines: Sequence[AuthorityLine]) -> None:
        texts = {text for line in lines for text in names_in(line)}
        bodies = {name for text in texts for name in body_names(text)}
        self._words = {text: person_words(text) for text in texts}
        words = {word for some in self._words.values() for word in some}
        self._bodies: dict[str, list[str]] = defaultdict(list)
        self._persons: dict[Words, list[str]] = defaultdict(list)
        for name in names:
            key = name_key(name)
            if isinstance(key, BodyKey):
                if key.name in bodies:
                    self._bodies[key.name].append(name)
            elif not key.surname or last_word(key.surname) in words:
                self._persons[key_words(key)].append(name)

    def persons(self, text: str) -> Sequence[str]:
        """The names of persons written so."""
        return self._persons.get(self._words.get(text) or person_words(text), ())

    def persons_like(self, text: str, known: Iterable[str]) -> list[str]:
        """The same without those of another sex, where the known names are all of one."""
        sexes = {key.sex for key in map(name_key, known) if isinstance(key, PersonKey) and key.sex}
        found = self.persons(text)
        return list(found) if len(sexes) != 1 else [name for name in found if _sex(name) in ("", *sexes)]

    def bodies(self, text: str) -> list[str]:
        """The names of bodies written so."""
        return [name for written in body_names(text) for name in self._bodies.get(written, ())]


def names_in(line: AuthorityLine) -> Iterator[str]:
    """All names of a line, and the ids that stand in place of names."""
    yield from (line.label, *line.not_variants, *line.successor_of)
    for variant in line.variants:
        yield from filter(None, (variant.text, variant.together))


def person_words(text: str) -> Words:
    """The words of a person's name in any order.

    >>> person_words("Бочаров А. И.") == key_words(PersonKey("бочаров", "а", "и", "m"))
    True
    """
    return tuple(sorted(forms(text)[0]))


def key_words(key: PersonKey) -> Words:
    """The words of a person's key in any order."""
    return person_words(f"{key.surname} {key.given} {key.patronymic}")


def body_names(text: str) -> Words:
    """The names in keys that a body written so may have."""
    return tuple(dict.fromkeys((fold(proper_name(text)), fold(text))))


def last_word(surname: str) -> str:
    """The word by which a line may call a bearer of a surname of several.

    >>> last_word("ван дамм"), last_word("салтыков-щедрин")
    ('дамм', 'щедрин')
    """
    return surname.replace("-", " ").rpartition(" ")[2]


def _sex(name: str) -> str:
    key = name_key(name)
    return key.sex if isinstance(key, PersonKey) else ""
