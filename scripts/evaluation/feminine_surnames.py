"""Measures how many women's surnames come to the nominative from five cases in sentences."""

import re
from pathlib import Path

from indexer.entities.article_entities import in_article
from indexer.text.cut_text import CutText

WANTED = 400
SENTENCES = (  # genitive, dative, accusative, instrumental, prepositional: by the given name, the post, the verb
    ("По словам Анны {}, цех пустят осенью.", "Работу бухгалтера {} проверили."),
    ("Награду вручили Елене {} и её сестре.", "Учительнице {} передали письмо."),
    ("Директором назначили Ольгу {}.", "На собрании поздравили учительницу {}."),
    ("Встреча с Мариной {} прошла в мэрии.", "Беседу с пенсионеркой {} записали."),
    ("Рассказ о Татьяне {} напечатан вчера.", "Речь шла об актрисе {} и её роли."),
)
NOUN = re.compile("(?:ов|ев|ёв|ин|ын)$")
ADJECTIVE = re.compile("(?<=[сц]к)ий$")


def share(folder: Path) -> float:
    """The share of right nominatives over WANTED surnames × 5 cases; `folder` has male_surnames_rus.txt."""
    listed = (folder / "male_surnames_rus.txt").read_text(encoding="utf-8").split()
    surnames = [forms for surname in listed if (forms := declined(surname))]
    right = [
        nominative(SENTENCES[case][n % 2], forms[case + 1]) == forms[0]
        for n, forms in enumerate(surnames[:: max(1, len(surnames) // WANTED)][:WANTED])
        for case in range(5)
    ]
    return sum(right) / max(len(right), 1)


def declined(surname: str) -> tuple[str, ...]:
    """A woman's surname in the nominative and five cases from a man's; () for other types."""
    if NOUN.search(surname):
        return (f"{surname}а", *(f"{surname}{end}" for end in ("ой", "ой", "у", "ой", "ой")))
    if match := ADJECTIVE.search(surname):
        stem = surname[: match.start()]
        return (f"{stem}ая", *(f"{stem}{end}" for end in ("ой", "ой", "ую", "ой", "ой")))
    return ()


def nominative(sentence: str, form: str) -> str:
    """The last word of the nominative that a surname gets in a sentence."""
    before, _, after = sentence.partition("{}")
    name = re.search(r"[А-Я]\w+ $", before) if len(before.split()) > 1 else None
    start = name.start() if name else len(before)
    text = before + form + after
    return in_article(CutText(text), [(start, len(before) + len(form), "person")])[0].name.split()[-1]
