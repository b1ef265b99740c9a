"""Makes a readable Latin id of a label: «Андрей Бочаров» → andrey-bocharov."""

import re
import unicodedata

LATIN_LETTERS = str.maketrans({
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
})  # fmt: skip
NOT_IN_SLUG = re.compile("[^a-z0-9]+")
LETTERS_OF_SLUG = 80  # at most


def slug(label: str) -> str:
    """Lower-case Latin letters, digits and hyphens; never empty, never with «none» in it (a facet's own key).

    >>> slug("Красный Октябрь"), slug("Виктор Нонейка"), slug("Школа № 24")
    ('krasnyy-oktyabr', 'viktor-no-neyka', 'shkola-24')
    """
    latin = label.lower().replace("№", " ").translate(LATIN_LETTERS)
    latin = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    cut = NOT_IN_SLUG.sub("-", latin)[:LETTERS_OF_SLUG].strip("-")
    return cut.replace("none", "no-ne") or "x"
