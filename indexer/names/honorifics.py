"""Names those who have no surname of their own in a text: clerics and princes by their titles, families.

A cleric or a prince has one name and a title («патриарх Кирилл»); a family has one surname in the plural («супруги
Ивановы»), which is nobody's name.
"""

import re

from indexer.text.cut_text import CutText
from indexer.text.grammar import Sex
from indexer.text.lemmas import lemmas, share
from indexer.text.tokens import fold
from indexer.text.words import WORD_PART

TOKENS_BEFORE_NAME, WORDS_BEFORE_NAME = 12, 6  # where its title may stand
TITLES = frozenset(
    "патриарх католикос митрополит архиепископ епископ король королева принц принцесса император императрица".split()
)
POPE = ("папа", "римский")
POPES = frozenset(("Папа", "Папы", "Папе", "Папу", "Папой"))
NUMERAL_AT_END = re.compile(" [ivxl]+$")  # «Елизавета II»: a given name is enough
WORDS_INSIDE_TITLE = frozenset(("и", "всея", "руси"))  # «патриарх Московский и всея Руси Кирилл»
SEVERAL_OF_KIN = frozenset("супруг супруга брат сестра родитель".split())
FAMILY_WORDS = frozenset("семья семейство чета клан династия".split())
PLURAL_SURNAME = re.compile("((?:[оеё]в|[иы]н)(?=ы|ы[хм]|ыми)|[сц]к(?=ие|и[хм]|ими))(?:ы[хм]?|ыми|ие|и[хм]|ими)$")


def title_before(text: CutText, start: int) -> str:
    """The title before a name, in the nominative; "" where there is none.

    >>> title_before(CutText("Слова патриарха Московского Кирилла"), 28)
    'патриарх'
    """
    adjectives: list[str] = []
    for word in reversed(words_before(text, start)):
        lemma = lemmas(fold(word))[0]
        if lemma in TITLES:
            return lemma
        if lemma == POPE[0] and (POPE[1] in adjectives or is_pope(text, start)):
            return lemma
        if fold(word) not in WORDS_INSIDE_TITLE and share(fold(word), "ADJF") < 0.5:
            return ""
        adjectives.append(lemma)
    return ""


def words_before(text: CutText, start: int) -> list[str]:
    """The last words before a name in order, hyphenated ones in parts, signs and numbers left out."""
    parts = [part for token in text.before(start, TOKENS_BEFORE_NAME) for part in WORD_PART.findall(token)]
    return [part for part in parts if part.isalpha()][-WORDS_BEFORE_NAME:]


def is_pope(text: CutText, start: int) -> bool:
    """Whether «Папа» stands right before a name, with a capital that no sentence gives him."""
    before = text.before(start, 2)
    return len(before) > 1 and before[1] in POPES and (before[0][-1].islower() or before[0] == ",")


def is_titled(given: str) -> bool:
    """Whether a given name of a key begins with a title."""
    title, _, name = given.partition(" ")
    return bool(name) and (title in TITLES or title == POPE[0])


def is_of_kin(text: CutText, start: int, surname: str) -> bool:
    """Whether a word for several of a kin stands before a surname printed so («сёстрам Петровым»)."""
    before = words_before(text, start) if is_family(surname) else ()
    if not before:
        return False
    form = fold(before[-1])
    return not FAMILY_WORDS.isdisjoint(lemmas(form)) or (
        not SEVERAL_OF_KIN.isdisjoint(lemmas(form)) and share(form, "plur") > 0
    )


def is_family(surname: str) -> bool:
    """Whether a surname stands in the plural («Ивановы», «Стругацких»; «Черных» does not)."""
    return bool(PLURAL_SURNAME.search(fold(surname)))


def is_one_of(text: str, start: int, surname: str) -> bool:
    """Whether who is named there with a given name has his family's surname in the plural («Мария и Иван Сидоровы»;
    «Настя Каменских» has one of her own)."""
    return is_family(surname) and (text.endswith(" и ", 0, start) or not re.search("[сц]ких$", fold(surname)))


def surname_of_one(surname: str, sex: Sex) -> str:
    """The surname of one of a family.

    >>> surname_of_one("Сидоровым", "f"), surname_of_one("Стругацкие", "m")
    ('Сидорова', 'Стругацкий')
    """
    match = PLURAL_SURNAME.search(fold(surname))
    if not match:
        return surname
    stem = surname[: match.end(1)]
    if stem[-1] == "к":
        return stem + ("ая" if sex == "f" else "ий")
    return stem + ("а" if sex == "f" else "")


def surname_of_all(surname: str) -> str:
    """The surname of a family in the nominative («Петров», read off «сёстрам Петровым», → «Петровы»)."""
    one = surname_of_one(surname, "m")
    if re.search("[сц]кий$", one):
        return one[:-1] + "е"
    return one + "ы" if re.search("(?:[оеё]в|[иы]н)$", one) else surname
