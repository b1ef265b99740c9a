"""Tells whose name it is: a person's key holds the parts of the name and the sex, a body's its kind and name.

Names with one key are written alike, whatever their case, stress and full stops. The store, the annotations and the
index keep a key as text, and only this module knows what that text looks like. Where keys are merely compared, their
texts are: those are not read.
"""

from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from indexer.text.grammar import Sex
from indexer.text.tokens import fold

BodyKind = Literal["enterprise", "organisation"]

PERSONS = "p:"  # the texts of all persons' keys begin so
PART_END = "|"  # after the surname, the given name and the patronymic in a person's text
BODY_KINDS: tuple[BodyKind, ...] = ("enterprise", "organisation")
KIND_BY_LETTER: dict[str, BodyKind] = {kind[0]: kind for kind in BODY_KINDS}  # the letter before a body's colon


class PersonKey(NamedTuple):
    """A person's name; every part is as `key_part` makes it, an initial is one letter, what is not known is empty."""

    surname: str
    given: str
    patronymic: str
    sex: Sex

    @property
    def kind(self) -> Literal["person"]:
        """What a key of this type names."""
        return "person"

    @property
    def text(self) -> str:
        """The key as it is stored."""
        return f"p:{self.surname}|{self.given}|{self.patronymic}|{self.sex}"


class BodyKey(NamedTuple):
    """The name of an enterprise or another organisation, folded."""

    kind: BodyKind
    name: str

    @property
    def text(self) -> str:
        """The key as it is stored."""
        return f"{self.kind[0]}:{self.name}"


NameKey: TypeAlias = PersonKey | BodyKey


def name_key(text: str) -> NameKey:
    """The key that is stored so. Raises ValueError for any other text.

    >>> name_key("p:бочаров|андрей|и|m")
    PersonKey(surname='бочаров', given='андрей', patronymic='и', sex='m')
    >>> name_key("e:красный октябрь")
    BodyKey(kind='enterprise', name='красный октябрь')
    """
    letter, colon, rest = text.partition(":")
    if letter == "p":
        parts = rest.split(PART_END)
        if len(parts) == len(PersonKey._fields) and parts[-1] in ("m", "f", ""):
            return PersonKey(*parts)  # type: ignore[arg-type]
    elif colon and letter in KIND_BY_LETTER:
        return BodyKey(KIND_BY_LETTER[letter], rest)
    raise ValueError(f"no name key: {text!r}")


@lru_cache(1 << 14)
def key_part(part: str) -> str:
    """A part of a person's name as it stands in a key: folded, an initial without its full stop.

    >>> key_part("Соловьёв"), key_part("А.")
    ('соловьев', 'а')
    """
    return fold(part).replace(".", "").replace(PART_END, " ")


def prefix_of_surname(surname: str) -> str:
    """The beginning that the texts of all persons of a surname share, and no others.

    >>> PersonKey("иванов", "иван", "", "m").text.startswith(prefix_of_surname("иванов"))
    True
    """
    return f"{PERSONS}{surname}{PART_END}"
