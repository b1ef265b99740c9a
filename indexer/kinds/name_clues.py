"""Says what the words of a body's name tell of its kind."""

import re
from collections.abc import Sequence

from indexer.lexicon.lemma_key import LemmaKey
from indexer.lexicon.type_kinds import TypeKind, pair_kind, type_kind
from indexer.lexicon.type_words import AUTHORITY_ENDINGS, ENTERPRISE_ENDINGS, TITLES
from indexer.text.lemmas import lemmas, share
from indexer.text.spans import Span
from indexer.text.tokens import fold
from indexer.text.words import WORD

SITE_NAME = re.compile(r"[\w-]\.(?:ru|рф|kz|by|ua|com|net|org|info|tv|me|ру)$", re.IGNORECASE)
YEAR_AT_END = re.compile(r"\D(?:19|20)\d\d$")  # «Зерно России – 2020»
MODEL_NUMBER = re.compile(
    r"(?!ИК|КП|ПЧ|КБ|РУ|ТЭЦ|ЦКБ|СКБ|НИИ|ДСК|СМУ|АТП)[А-ЯЁ]{1,3}[- ]\d{2,4}|[A-Z][A-Za-z]{0,2}[- ]\d{1,4}|\w+-[IVX]+"
)  # «С-300», «СНВ-III»


def is_title(key: LemmaKey) -> bool:
    """Whether a name is a dignitary's («Александрийский Патриарх»)."""
    *adjectives, last = key or ("",)
    return last in TITLES and all(share(word, "ADJF") > 0.5 for word in adjectives)


def inner_kind(text: str, span: Span) -> TypeKind | None:
    """What the first type word of a name says."""
    last, is_headed = "", False  # «Дом книги» is no book
    for word in WORD.findall(text, span.start, span.stop):
        kind = pair_kind(last, word) or type_kind(word)
        if kind and (kind != "nameless" or not is_headed):
            return kind
        is_headed = is_headed or share(fold(word), "NOUN") > 0.5
        last = word
    return None


def ending_kind(forms: Sequence[str]) -> TypeKind | None:
    """What the endings of a name's words say («Росстат», «Волгоградэнерго», «Промсвязьбанк»)."""
    for word in (word for form in forms for word in (form, lemmas(form)[0])):
        if AUTHORITY_ENDINGS.search(word):
            return "organisation"
        if ENTERPRISE_ENDINGS.search(word):
            return "enterprise"
    return None
