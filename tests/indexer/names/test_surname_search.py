"""A surname typed in any case finds the one-sentence articles where it stands in any other: 52 surnames, both sexes."""

import itertools

from archive.article import Article, StoredArticle
from indexer.index.document import index_document
from indexer.names.word_readings import surname_lemmas
from indexer.pipeline import annotate
from indexer.text.lemmas import lemmas
from indexer.text.tokens import fold
from tests.indexer.names.test_names import DECLENSIONS

FEMININE = ("ова", "ева", "ёва", "ина", "ына", "ая")
SENTENCES = (
    "От {1} ждут ответа до конца недели.",
    "Депутаты передали {2} письмо жителей.",
    "В пятницу журналисты видели {3} на заводе.",
    "Встреча с {4} прошла в мэрии.",
    "На заседании говорили о {5} и о бюджете.",
)
SAID = {"m": "Как сообщил в среду {0}, стан пустят осенью.", "f": "Как сообщила в среду {0}, стан пустят осенью."}
FLOOR = 0.997  # .9979; what is missing: the tagger takes «Ореховой» for an adjective


def test_every_case_finds_every_case() -> None:
    names = [declension.split() for declension in DECLENSIONS]
    sentences = [
        (name, (SAID["f" if name[0].endswith(FEMININE) else "m"], *SENTENCES)[case].format(*name), case)
        for name, case in itertools.product(names, range(6))
    ]
    annotations = annotate([text for _, text, _ in sentences])
    found = asked = 0
    for (name, text, case), annotation in zip(sentences, annotations, strict=True):
        document = index_document(StoredArticle(1, 1, 1, Article("a.txt", (text,))), annotation)
        place = document.forms.index(fold(name[case]))
        terms = {*lemmas(document.forms[place]), *document.extra.get(place, ())}
        for typed in map(fold, name):
            asked += 1
            found += bool(terms & {*lemmas(typed), *surname_lemmas(typed)})
    assert found / asked >= FLOOR
