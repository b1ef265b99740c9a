"""A person's name in a text in; how those are called who have no surname of their own there, out.

A cleric or a prince has one name and a title («патриарх Кирилл»); a family has one surname in the plural («супруги
Ивановы»), which is nobody's name.
"""

import re

from indexer.text.grammar import Sex
from indexer.text.lemmas import lemmas, share
from indexer.text.tokens import fold

WORD = re.compile(r"[^\W\d_]+")
LEFT = 70  # characters before a name where its title may stand
TITLES = frozenset(
    "патриарх католикос митрополит архиепископ епископ король королева принц принцесса император императрица".split()
)
POPE = ("папа", "римский")
POPE_AMONG_WORDS = re.compile("[а-яё,] Пап(?:а|ы|е|у|ой) $")  # with a capital that no sentence gives him
NUMERAL = re.compile(" [ivxl]+$")  # «Елизавета II»: a given name is enough
BETWEEN = frozenset(("и", "всея", "руси"))  # «патриарх Московский и всея Руси Кирилл»
KIN = frozenset("супруг супруга брат сестра родитель".split())
KINDRED = frozenset("семья семейство чета клан династия".split())
PLURAL = re.compile("((?:[оеё]в|[иы]н)(?=ы|ы[хм]|ыми)|[сц]к(?=ие|и[хм]|ими))(?:ы[хм]?|ыми|ие|и[хм]|ими)$")


def title_before(text: str, start: int) -> str:
    """The title before a name, in the nominative; "" where there is none.

    >>> title_before("Слова патриарха Московского Кирилла", 28)
    'патриарх'
    """
    adjectives: list[str] = []
    for word in reversed(WORD.findall(text, max(0, start - LEFT), start)[-6:]):
        lemma = lemmas(fold(word))[0]
        if lemma in TITLES:
            return lemma
        if lemma == POPE[0] and (POPE[1] in adjectives or POPE_AMONG_WORDS.search(text, max(0, start - LEFT), start)):
            return lemma
        if fold(word) not in BETWEEN and share(fold(word), "ADJF") < 0.5:
            return ""
        adjectives.append(lemma)
    return ""


def is_titled(given: str) -> bool:
    """Whether a given name of a key begins with a title."""
    title, _, name = given.partition(" ")
    return bool(name) and (title in TITLES or title == POPE[0])


def is_of_kin(text: str, start: int, surname: str) -> bool:
    """Whether a word for several of a kin stands before a surname printed so («сёстрам Петровым»)."""
    before = WORD.findall(text, max(0, start - LEFT), start)
    if not before or not is_family(surname):
        return False
    form = fold(before[-1])
    return not KINDRED.isdisjoint(lemmas(form)) or (not KIN.isdisjoint(lemmas(form)) and share(form, "plur") > 0)


def is_family(surname: str) -> bool:
    """Whether a surname stands in the plural («Ивановы», «Стругацких»; «Черных» does not)."""
    return bool(PLURAL.search(fold(surname)))


def is_one_of(text: str, start: int, surname: str) -> bool:
    """Whether who is named there with a given name has his family's surname in the plural («Мария и Иван Сидоровы»;
    «Настя Каменских» has one of her own)."""
    return is_family(surname) and (text.endswith(" и ", 0, start) or not re.search("[сц]ких$", fold(surname)))


def of_one(surname: str, sex: Sex) -> str:
    """The surname of one of a family.

    >>> of_one("Сидоровым", "f"), of_one("Стругацкие", "m")
    ('Сидорова', 'Стругацкий')
    """
    match = PLURAL.search(fold(surname))
    if not match:
        return surname
    stem = surname[: match.end(1)]
    if stem[-1] == "к":
        return stem + ("ая" if sex == "f" else "ий")
    return stem + ("а" if sex == "f" else "")


def of_all(surname: str) -> str:
    """The surname of a family in the nominative («Петров», read off «сёстрам Петровым», → «Петровы»)."""
    one = of_one(surname, "m")
    if re.search("[сц]кий$", one):
        return one[:-1] + "е"
    return one + "ы" if re.search("(?:[оеё]в|[иы]н)$", one) else surname
