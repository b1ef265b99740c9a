"""Says whether a social network or a car maker is named as a company."""

from indexer.context.neighbours import last_word, verb_follows
from indexer.context.quotes import kind_before
from indexer.kinds.context_clues import neighbour_kind
from indexer.kinds.evidence import Evidence, Strength
from indexer.kinds.topics import ACCIDENT, is_about
from indexer.lexicon.lemma_key import LemmaKey
from indexer.lexicon.type_words import BESIDE_ENTERPRISE, BESIDE_NETWORK, CARS
from indexer.text.cut_text import CutText
from indexer.text.lemmas import lemmas
from indexer.text.spans import Span

POSSESSIVES = frozenset("ее его их свой своего своей своем своя свою моя моей моего наш нашей".split())
COMPANY_WORDS = frozenset(
    "мотор моторс груп групп рус россия банк центр motor motors models group rus company division".split()
)
COMPANY_IS_MEANT = frozenset(
    "к компания корпорация против глава руководство владелец основатель гендиректор акция сотрудник офис иск платформа "
    "создатель разработчик представитель".split()
)


def is_acting_network(text: CutText, span: Span) -> bool:
    """Whether a network is spoken of as a company: «иск к Twitter», «Twitter откладывает»."""
    before = last_word(text, span.start)
    if before in BESIDE_NETWORK:
        return False
    return bool((COMPANY_IS_MEANT | BESIDE_ENTERPRISE).intersection((before, *lemmas(before)))) or verb_follows(
        text, span
    )


def maker_evidence(text: CutText, span: Span, more: LemmaKey) -> Evidence:
    """What the name of a car maker means: his cars by a model, a car before, a road accident told."""
    if more and COMPANY_WORDS.isdisjoint(more):
        return Evidence(Strength.LIKELY, "nameless")
    if more or "enterprise" in (kind_before(text, span.start), neighbour_kind(text, span)):
        return Evidence(Strength.BEFORE_NAME, "enterprise")
    before = last_word(text, span.start)
    if before in POSSESSIVES or not CARS.isdisjoint(lemmas(before)) or is_about(text, ACCIDENT):
        return Evidence(Strength.LIKELY, "nameless")
    return Evidence(Strength.BESIDE if verb_follows(text, span) else Strength.NOTHING, "enterprise")
